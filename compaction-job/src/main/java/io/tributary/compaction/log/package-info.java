/** What commits did to a Delta table's files, read from its log commit by commit, without working out the whole table. */
package io.tributary.compaction.log;
