/**
 * Real Kafka for the lab: single-node KRaft clusters, one per data center, hosted by a process of their own.
 *
 * <p>Nothing here is on the class path of the jobs or of the rest of the lab, because the brokers' Scala line is not
 * Spark's. Whoever wants clusters starts {@link io.tributary.lab.brokers.BrokersMain} and reads its standard output.
 */
package io.tributary.lab.brokers;
