/**
 * The removal of erased events from the tables. {@link io.tributary.compaction.erasure.Erasures} decides which tables have to
 * be searched, {@link io.tributary.lake.commit.RowRemoval} searches one and removes what it finds in one commit.
 */
package io.tributary.compaction.erasure;
