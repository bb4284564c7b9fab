package io.tributary.ingest.format;

import io.tributary.config.DataCenter;
import io.tributary.config.EventConfig;
import io.tributary.config.PipelineConfig;
import io.tributary.config.Places;
import io.tributary.config.RecordFormat;
import io.tributary.config.Secrets;
import io.tributary.error.InvalidInputException;
import io.tributary.ingest.format.registry.RegistryOptions;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the registry that the records of a data center need, with its login in clear. */
public final class RegistryResolver {

    private final EventConfig common;
    private final boolean columnsReadKeys;
    private final Secrets secrets;
    private final Set<RecordFormat> usable = ConcurrentHashMap.newKeySet();

    public RegistryResolver(PipelineConfig config, Secrets secrets) {
        this.common = config.event();
        this.columnsReadKeys = config.columns().stream().anyMatch(column -> Places.isOfKey(column.from()));
        this.secrets = secrets;
    }

    /**
     * The registry of a data center.
     *
     * @return empty if the format of none of its topics needs one
     * @throws InvalidInputException if one is needed and the entry has none, if its login cannot be resolved, or if a
     *     schema of the configuration cannot be used
     */
    public Optional<RegistryOptions> of(DataCenter center) {
        Set<String> topics = new TreeSet<>();
        Set<String> plain = new TreeSet<>();
        Set<String> keyed = new TreeSet<>();
        for (String topic : center.topics()) {
            EventConfig event = center.event().over(common, topic);
            if (event.format().needsRegistry()) {
                topics.add(topic);
            } else {
                plain.add(topic);
                requireUsable(event.format(), center, topic);
            }
            if (columnsReadKeys || event.readsKeys()) {
                keyed.add(topic);
            }
        }
        if (topics.isEmpty()) {
            return Optional.empty();
        }
        if (center.registry() == null) {
            throw new InvalidInputException("The format of topic "
                    + topics.iterator().next() + " of data center "
                    + center.name() + " needs a schema registry, and its entry in the data-centers file has none; add"
                    + " registry: {type: …} there, or event.schema, if producers write no header.");
        }
        return Optional.of(
                new RegistryOptions(center.registry(), secrets.registryLogin(center, center.registry()), plain, keyed));
    }

    /** From now on, this process finds the schemas of the data center's records. */
    public void use(DataCenter center) {
        of(center).ifPresent(registry -> KnownSchemas.OF_PROCESS.use(center.name(), registry));
    }

    private void requireUsable(RecordFormat format, DataCenter center, String topic) {
        if (format.schema() == null || usable.contains(format)) {
            return;
        }
        try {
            ValueFormat.of(format);
        } catch (UnusableFormatException e) {
            throw new InvalidInputException(
                    "The records of topic " + topic + " of data center " + center.name() + " cannot be read, because "
                            + e.getMessage() + ". Correct the schema.",
                    e);
        }
        usable.add(format);
    }
}
