/**
 * The load: plays remote data centers that send events, repeats, old events and nonsense to their own Kafka.
 *
 * <p>What is sent, through whom and when is a pure function of a {@link io.tributary.lab.load.LoadSpec}, seed included;
 * only the event times are taken from the clock, at the moment of sending. Everything that Kafka acknowledges is written
 * down as the truth that the evaluator judges by.
 */
package io.tributary.lab.load;
