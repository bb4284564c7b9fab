package io.tributary.compaction.catalog.glue;

import static io.tributary.compaction.catalog.glue.GlueFailures.ask;
import static io.tributary.compaction.catalog.glue.GlueFailures.change;

import io.tributary.compaction.catalog.Catalog;
import io.tributary.compaction.catalog.CatalogChange;
import io.tributary.compaction.catalog.CatalogPartition;
import io.tributary.compaction.catalog.ConcurrentCatalogUpdateException;
import io.tributary.compaction.catalog.ExistingTable;
import io.tributary.config.CatalogConfig;
import io.tributary.runtime.GlueEndpoint;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

/** The AWS Glue Data Catalog. */
public final class GlueCatalog implements Catalog {

    private static final int ATTEMPTS = 5;

    private final GlueClient glue;
    private final String id;

    private GlueCatalog(GlueClient glue, String id) {
        this.glue = glue;
        this.id = id;
    }

    /** The catalog that the configuration names, at the endpoint that this process was given. */
    public static GlueCatalog open(CatalogConfig config) {
        return open(config, GlueEndpoint.ofProcess(), ATTEMPTS);
    }

    /** @param attempts how often a request is made before it has failed */
    public static GlueCatalog open(CatalogConfig config, Optional<GlueEndpoint> endpoint, int attempts) {
        return new GlueCatalog(
                ask("opening a client", "credentials", () -> GlueClients.open(endpoint, attempts)),
                config.id().orElse(null));
    }

    @Override
    public boolean hasDatabase(String database) {
        return ask("looking up the database " + database, "glue:GetDatabase", () -> {
            try {
                glue.getDatabase(request -> request.catalogId(id).name(database));
                return true;
            } catch (EntityNotFoundException e) {
                return false;
            }
        });
    }

    @Override
    public Optional<ExistingTable> find(String database, String name) {
        return ask("looking up " + database + "." + name, "glue:GetTable", () -> {
            try {
                return Optional.of(GlueConverters.found(glue.getTable(request ->
                                request.catalogId(id).databaseName(database).name(name))
                        .table()));
            } catch (EntityNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public Map<String, CatalogPartition> partitions(String database, String table) {
        return new GluePartitions(glue, id, database, table).all();
    }

    @Override
    public void apply(String database, CatalogChange action) throws ConcurrentCatalogUpdateException {
        String attempt = "the attempt to " + action.describe() + " in the database " + database;
        if (action instanceof CatalogChange.CreateDatabase) {
            change(
                    attempt,
                    "glue:CreateDatabase",
                    () -> glue.createDatabase(request -> request.catalogId(id)
                            .databaseInput(input -> input.name(database).description("Events, made by Tributary"))));
        } else if (action instanceof CatalogChange.Create create) {
            change(
                    attempt,
                    "glue:CreateTable",
                    () -> glue.createTable(request -> request.catalogId(id)
                            .databaseName(database)
                            .tableInput(GlueConverters.input(create.entry()))));
        } else if (action instanceof CatalogChange.Update update) {
            // A view changes with every merge. Archived versions would use up the account's quota of them.
            change(
                    attempt,
                    "glue:UpdateTable",
                    () -> glue.updateTable(request -> request.catalogId(id)
                            .databaseName(database)
                            .skipArchive(true)
                            .versionId(update.version())
                            .tableInput(GlueConverters.input(update.entry()))));
        } else if (action instanceof CatalogChange.CreatePartitions create) {
            new GluePartitions(glue, id, database, create.table()).create(attempt, create.partitions());
        } else if (action instanceof CatalogChange.UpdatePartitions update) {
            new GluePartitions(glue, id, database, update.table()).update(attempt, update.partitions());
        } else if (action instanceof CatalogChange.DropPartitions drop) {
            new GluePartitions(glue, id, database, drop.table()).drop(attempt, drop.values());
        } else {
            throw new IllegalArgumentException("no action of a catalog: " + action.describe());
        }
    }

    @Override
    public void close() {
        glue.close();
    }
}
