package io.tributary.ingest.discovery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.config.DataCenter;
import io.tributary.config.DataCenters;
import io.tributary.error.OperatorActionException;
import io.tributary.runtime.HadoopFiles;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Saves the last known options of every data center beside the checkpoint. A data center may leave the file while a
 * planned batch still needs it. After a restart that batch is read with the saved options. Secrets are saved as
 * references, as they are in the file.
 */
public final class DataCenterStore {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String folder;
    private final HadoopFiles files;
    private final Map<String, DataCenter> known = new HashMap<>();

    public DataCenterStore(String folder, HadoopFiles files) {
        this.folder = folder;
        this.files = files;
    }

    /** Saves a data center, before the first batch that needs it is planned. */
    public void save(DataCenter center) {
        if (!center.equals(known.get(center.name()))) {
            files.write(file(center.name()), form(center));
            known.put(center.name(), center);
        }
    }

    /** @throws OperatorActionException if no data center of that name was saved */
    public DataCenter load(String name) {
        return known.computeIfAbsent(name, absent -> {
            if (!files.exists(file(name))) {
                throw new OperatorActionException("A planned batch needs data center " + name
                        + ", which is not in the data-centers file, and its last options are not beside the"
                        + " checkpoint (" + file(name) + "). Put it back into the file until the batch is through.");
            }
            return DataCenters.parse(files.readOwn(file(name)), file(name))
                    .all()
                    .get(0);
        });
    }

    /** A data center that was saved. */
    public Optional<DataCenter> find(String name) {
        return known.containsKey(name) || files.exists(file(name)) ? Optional.of(load(name)) : Optional.empty();
    }

    private String file(String name) {
        return folder + "/" + name + ".json";
    }

    /** Writes JSON. JSON is YAML, so the parser of the data-centers file reads it back. */
    private static String form(DataCenter center) {
        ObjectNode entry = JSON.createObjectNode();
        entry.put("name", center.name());
        entry.put("bootstrap_servers", center.bootstrapServers());
        center.topics().forEach(entry.putArray("topics")::add);
        ArrayNode gaps = entry.putArray("accept_gaps");
        center.acceptedGaps().forEach(gap -> gaps.add(gap.toString()));
        entry.set("event", center.event().json());
        Optional.ofNullable(center.registry()).ifPresent(registry -> {
            ObjectNode keys = entry.putObject("registry");
            registry.keys().forEach(keys::put);
        });
        ObjectNode kafka = entry.putObject("kafka");
        center.kafka().forEach(kafka::put);
        ObjectNode root = JSON.createObjectNode();
        root.putArray("data_centers").add(entry);
        return root.toString();
    }
}
