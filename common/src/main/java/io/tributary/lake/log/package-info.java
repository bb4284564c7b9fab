/** What a Delta table's log says about its files: commit by commit, or of one version the files themselves. */
package io.tributary.lake.log;
