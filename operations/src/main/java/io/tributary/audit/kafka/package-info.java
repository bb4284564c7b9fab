/**
 * The audit against Kafka: what the brokers hold now, compared with what the lake's log says was read. Terms are
 * defined in {@code docs/glossary.md}.
 */
package io.tributary.audit.kafka;
