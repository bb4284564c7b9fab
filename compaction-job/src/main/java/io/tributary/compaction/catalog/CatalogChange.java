package io.tributary.compaction.catalog;

import java.util.List;

/** One change that brings the catalog closer to the lake's logs. */
public sealed interface CatalogChange {

    /** For the log line. */
    String describe();

    record CreateDatabase() implements CatalogChange {
        @Override
        public String describe() {
            return "create the database";
        }
    }

    record Create(CatalogTable entry) implements CatalogChange {
        @Override
        public String describe() {
            return "create " + entry.type().word() + " " + entry.name();
        }
    }

    /** @param version of the entry when the plan was made; a newer one means that somebody else changed it */
    record Update(CatalogTable entry, String version) implements CatalogChange {
        @Override
        public String describe() {
            return "update " + entry.type().word() + " " + entry.name();
        }
    }

    /** Rewrite the manifests of all partitions, before any of them is registered. */
    record WriteManifests() implements CatalogChange {
        @Override
        public String describe() {
            return "write manifests";
        }
    }

    record CreatePartitions(String table, List<CatalogPartition> partitions) implements CatalogChange {
        @Override
        public String describe() {
            return "create " + partitions.size() + " partitions of " + table;
        }
    }

    record UpdatePartitions(String table, List<CatalogPartition> partitions) implements CatalogChange {
        @Override
        public String describe() {
            return "update " + partitions.size() + " partitions of " + table;
        }
    }

    record DropPartitions(String table, List<String> values) implements CatalogChange {
        @Override
        public String describe() {
            return "drop " + values.size() + " partitions of " + table;
        }
    }
}
