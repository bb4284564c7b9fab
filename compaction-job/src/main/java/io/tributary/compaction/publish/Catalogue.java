package io.tributary.compaction.publish;

import java.util.Map;
import java.util.Optional;

/** A catalogue of databases, tables and views. Failures that are not declared say what an operator has to do. */
public interface Catalogue extends AutoCloseable {

    boolean hasDatabase(String database);

    Optional<Found> find(String database, String name);

    /** The partitions of a table by one key, by value. */
    Map<String, EntryPartition> partitions(String database, String table);

    /**
     * Does what the action says.
     *
     * @throws ChangedMeanwhileException if the catalogue is no longer as it was when the action was planned
     */
    void apply(String database, Action action) throws ChangedMeanwhileException;

    @Override
    void close();
}
