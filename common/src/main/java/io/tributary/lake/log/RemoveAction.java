package io.tributary.lake.log;

/**
 * A file that a commit removed from its table.
 *
 * @param path as the log writes it
 * @param changesData whether its rows are gone; false if they were only moved to other files
 * @param partition unknown if the writer left it out, as the protocol allows
 */
public record RemoveAction(String path, boolean changesData, PartitionValues partition) {}
