package io.tributary.operations.cli;

import io.tributary.operations.datacenter.EntryEditor.NewEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A data center that the file does not have yet. */
final class NewDataCenterOptions {

    @Option(names = "--brokers", required = true, paramLabel = "HOST:PORT,…", description = "Its brokers.")
    private String brokers;

    @Option(names = "--topics", required = true, split = ",", paramLabel = "TOPIC", description = "Its topics.")
    private List<String> topics;

    @Option(
            names = "--start",
            paramLabel = "WHERE",
            description = "Where to begin: earliest (default), latest, or an instant.")
    private Optional<String> start = Optional.empty();

    @Option(
            names = "--kafka",
            paramLabel = "OPTION=VALUE",
            description = "An option of the Kafka client. Secrets as references only; repeat it for more options.")
    private Map<String, String> kafka = new LinkedHashMap<>();

    NewEntry entry(String name) {
        return new NewEntry(name, brokers, topics, start, kafka);
    }
}
