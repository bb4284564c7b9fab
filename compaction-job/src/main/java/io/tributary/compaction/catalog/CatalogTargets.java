package io.tributary.compaction.catalog;

import java.util.List;
import java.util.Optional;

/** What a lake wants to be registered. */
public interface CatalogTargets {

    String database();

    /** The names of all entries, known without a look at the lake. */
    List<String> names();

    /** The table among them that is partitioned in the catalog as well. */
    Optional<String> manifestTable();

    /** What should be registered, by the newest state of the lake. */
    CatalogTarget read();

    /** Writes the manifests that the manifest table's partitions point at. */
    void writeManifests();
}
