package io.tributary.ingest.format;

import io.tributary.config.RegistryConfig;
import io.tributary.ingest.format.registry.RegistryOptions;
import io.tributary.ingest.format.registry.SchemaRegistry;
import io.tributary.ingest.format.registry.SchemaText;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The schemas of one registry that are known. What it has answered counts for good, except that it has none. */
final class RegistrySchemas {

    /** A schema that is not there may be added. */
    private static final Duration MISSING_FOR = Duration.ofSeconds(10);

    /** A registry that has just failed is not asked again by every task. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private static final int MAX_SCHEMAS = 10_000;

    private final String address;
    private final RegistryConfig.Type type;
    private final Supplier<SchemaRegistry> opening;
    private final LongSupplier nanoTime;
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > MAX_SCHEMAS;
        }
    };
    private SchemaRegistry registry;
    private String failure;
    private long failedNanos;

    private record Entry(FoundSchema schema, boolean isFinal, long nanos) {}

    RegistrySchemas(RegistryOptions options, LongSupplier nanoTime) {
        this(
                options.config().url() == null
                        ? "of AWS Glue"
                        : options.config().url(),
                options.config().type(),
                () -> SchemaRegistry.of(options),
                nanoTime);
    }

    RegistrySchemas(String address, RegistryConfig.Type type, Supplier<SchemaRegistry> opening, LongSupplier nanoTime) {
        this.address = address;
        this.type = type;
        this.opening = opening;
        this.nanoTime = nanoTime;
    }

    /** One after the other, so that a registry is asked once, and waited for once. */
    synchronized FoundSchema find(String id) {
        Entry known = entries.get(id);
        if (known != null && (known.isFinal() || since(known.nanos()) < MISSING_FOR.toNanos())) {
            return known.schema();
        }
        if (failure != null && since(failedNanos) < PAUSE_AFTER_FAILURE.toNanos()) {
            throw new RegistryUnavailableException(failure);
        }
        Optional<SchemaText> text = ask(id);
        FoundSchema found = FoundSchema.of(text, id, type);
        entries.put(id, new Entry(found, text.isPresent(), nanoTime.getAsLong()));
        return found;
    }

    private Optional<SchemaText> ask(String id) {
        try {
            if (registry == null) {
                registry = opening.get();
            }
            Optional<SchemaText> answer = registry.find(id);
            failure = null;
            return answer;
        } catch (IOException | RuntimeException e) {
            failure = "the schema registry " + address + " does not say what schema " + id + " is: "
                    + (e.getClass() == IOException.class ? "" : e.getClass().getSimpleName() + ": ") + e.getMessage();
            failedNanos = nanoTime.getAsLong();
            throw new RegistryUnavailableException(failure);
        }
    }

    private long since(long nanos) {
        return nanoTime.getAsLong() - nanos;
    }
}
