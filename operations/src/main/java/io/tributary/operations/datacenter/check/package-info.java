/**
 * Dials a data center's Kafka as the stream will, and says what it found: brokers, login, topics, permissions,
 * retention, backlog, and what the decoder makes of a sample of records. Nothing is written anywhere.
 */
package io.tributary.operations.datacenter.check;
