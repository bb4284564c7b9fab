/** The options of a data center's Kafka clients: which are allowed, which hold secrets, and how a login is written. */
package io.tributary.config.kafka;
