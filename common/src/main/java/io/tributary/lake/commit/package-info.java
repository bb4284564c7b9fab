/**
 * The metadata that each Delta commit carries about itself, and the log that they are read from.
 *
 * <p>A staging or quarantine commit says which Kafka offsets it really carried and what became of each record; a merge
 * commit says what it took and how far it went. Data and metadata are one atomic fact, so whoever wants to know where
 * the pipeline stands reads the log and nothing else. {@link io.tributary.lake.commit.IdempotentCommit} is the one class
 * that adds rows in such a commit, {@link io.tributary.lake.commit.RowRemoval} the one that removes rows, and {@link
 * io.tributary.lake.commit.CommitLog} the one that reads them.
 */
package io.tributary.lake.commit;
