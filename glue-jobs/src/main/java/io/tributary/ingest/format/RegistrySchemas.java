package io.tributary.ingest.format;

import io.tributary.config.RegistryConfig;
import io.tributary.ingest.format.registry.RegistryOptions;
import io.tributary.ingest.format.registry.SchemaRegistry;
import io.tributary.ingest.format.registry.SchemaText;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The schemas of one registry that are known. What it has answered counts for good, except that it has none, or a useless
 * one.
 */
final class RegistrySchemas {

    /** A schema that is not there, or cannot be used, may be added or corrected. */
    private static final Duration USELESS_FOR = Duration.ofSeconds(10);

    /** A registry that has just failed is not asked again by every task. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    /** For a schema with all that it refers to. */
    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    private static final int MAX_SCHEMAS = 10_000;

    private final String address;
    private final RegistryConfig.Type type;
    private final Supplier<SchemaRegistry> opening;
    private final LongSupplier nanoTime;
    private final Duration timeout;
    private final ExecutorService thread = Executors.newCachedThreadPool(task -> {
        Thread daemon = new Thread(task, "tributary-registry");
        daemon.setDaemon(true);
        return daemon;
    });
    private final Map<String, Entry> entries = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > MAX_SCHEMAS;
        }
    });
    private volatile SchemaRegistry registry;
    private String failure;
    private long failedNanos;

    private record Entry(FoundSchema schema, long nanos) {}

    RegistrySchemas(RegistryOptions options, LongSupplier nanoTime) {
        this(
                options.config().url() == null
                        ? "of AWS Glue"
                        : options.config().url(),
                options.config().type(),
                () -> SchemaRegistry.of(options),
                nanoTime,
                TIMEOUT);
    }

    RegistrySchemas(
            String address,
            RegistryConfig.Type type,
            Supplier<SchemaRegistry> opening,
            LongSupplier nanoTime,
            Duration timeout) {
        this.address = address;
        this.type = type;
        this.opening = opening;
        this.nanoTime = nanoTime;
        this.timeout = timeout;
    }

    /** @throws RegistryUnavailableException if the registry does not say what the schema is */
    FoundSchema find(String id) {
        Entry known = entries.get(id);
        return known != null && isCurrent(known) ? known.schema() : ask(id);
    }

    /** What was found last, however long ago. */
    FoundSchema findPrepared(String id) {
        Entry known = entries.get(id);
        return known == null ? ask(id) : known.schema();
    }

    private boolean isCurrent(Entry entry) {
        return entry.schema() instanceof FoundSchema.Usable || since(entry.nanos()) < USELESS_FOR.toNanos();
    }

    /** One after the other, so that a registry is asked once, and waited for once. */
    private synchronized FoundSchema ask(String id) {
        Entry known = entries.get(id);
        if (known != null && isCurrent(known)) {
            return known.schema();
        }
        if (failure != null && since(failedNanos) < PAUSE_AFTER_FAILURE.toNanos()) {
            throw new RegistryUnavailableException(failure);
        }
        FoundSchema found = FoundSchema.of(answer(id), id, type);
        entries.put(id, new Entry(found, nanoTime.getAsLong()));
        return found;
    }

    private Optional<SchemaText> answer(String id) {
        Future<Optional<SchemaText>> asked = thread.submit(() -> open().find(id));
        try {
            Optional<SchemaText> answer = asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            failure = null;
            return answer;
        } catch (TimeoutException e) {
            throw failed(id, "no answer came within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String kind = cause.getClass() == IOException.class
                    ? ""
                    : cause.getClass().getSimpleName() + ": ";
            throw failed(id, kind + cause.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("interrupted while the schema registry " + address + " was asked");
        }
    }

    private SchemaRegistry open() {
        if (registry == null) {
            registry = opening.get();
        }
        return registry;
    }

    private RegistryUnavailableException failed(String id, String why) {
        failure = "the schema registry " + address + " does not say what schema " + id + " is: " + why;
        failedNanos = nanoTime.getAsLong();
        return new RegistryUnavailableException(failure);
    }

    private long since(long nanos) {
        return nanoTime.getAsLong() - nanos;
    }
}
