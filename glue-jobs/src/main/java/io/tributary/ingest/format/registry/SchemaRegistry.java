package io.tributary.ingest.format.registry;

import java.io.IOException;
import java.util.Optional;

/** A schema registry. */
public interface SchemaRegistry extends AutoCloseable {

    /** @throws RuntimeException if there is none at all, for example for want of a region */
    static SchemaRegistry of(RegistryOptions options) {
        return switch (options.config().type()) {
            case CONFLUENT -> new ConfluentRegistry(options);
            case GLUE -> new GlueRegistry(options);
        };
    }

    /**
     * The schema of an id. It never changes.
     *
     * @return empty if the registry answers that it has none
     * @throws IOException if it gives no such answer; the message says why, and holds no secret
     */
    Optional<SchemaText> find(String id) throws IOException;

    @Override
    default void close() throws IOException {}
}
