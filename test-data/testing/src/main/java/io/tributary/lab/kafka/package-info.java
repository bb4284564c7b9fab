/**
 * Kafka for a local run or a test: starts the brokers' process, waits until its clusters serve, and ends it.
 *
 * <p>One {@link io.tributary.lab.kafka.KafkaLab} is one process. Clusters that a test wants to stop, kill or freeze on
 * their own are given a process each; their directories, addresses and records outlive it.
 */
package io.tributary.lab.kafka;
