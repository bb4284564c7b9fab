package io.tributary.lab.run;

import io.tributary.config.DataCenters;
import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.lab.input.RecordRules;
import io.tributary.lab.load.RefusedRecords;
import io.tributary.lab.truth.Configurations;
import io.tributary.lab.truth.Coordinates;
import io.tributary.lake.erasure.ErasurePasses;
import io.tributary.lake.erasure.ErasureRequest;
import io.tributary.lake.erasure.ErasureRequests;
import io.tributary.lake.erasure.RejectedRecord;
import io.tributary.lake.replay.ReplayInput;
import io.tributary.lake.replay.ReplayRequest;
import io.tributary.lake.replay.ReplayRequests;
import io.tributary.offsets.TopicIdentity;
import io.tributary.runtime.HadoopFiles;
import io.tributary.schema.Lake;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Reads what an operator has ordered with the command line while a run goes on: in the data-centers file, and in the
 * requests that the commands leave beside the tables. What the commands are to do with them is not asked of the jobs.
 */
public final class OperatorOrders {

    private final Lake lake;
    private final java.nio.file.Path dataCentersFile;
    private final Supplier<Map<String, String>> clusters;
    private final Configuration hadoop;
    private final HadoopFiles files;
    private final Clock clock;
    private final ErasureRequests erasures;
    private final ReplayRequests replays;
    private final Map<String, Set<Coordinates>> replayed = new HashMap<>();
    private DataCenters listed = new DataCenters(List.of());
    private final Configurations configurations;

    /**
     * @param clusters bootstrap servers of the run's clusters, by name
     * @param hadoop settings with which the lake is read
     */
    OperatorOrders(
            Lake lake,
            java.nio.file.Path dataCentersFile,
            Configurations configurations,
            Supplier<Map<String, String>> clusters,
            Configuration hadoop,
            Clock clock) {
        this.lake = lake;
        this.dataCentersFile = dataCentersFile;
        this.configurations = configurations;
        this.clusters = clusters;
        this.hadoop = hadoop;
        this.files = new HadoopFiles(hadoop);
        this.clock = clock;
        this.erasures = new ErasureRequests(lake.erasures(), files);
        this.replays = new ReplayRequests(lake.replays(), files);
    }

    /** Notes that the streaming job was started with another configuration at a moment. */
    synchronized void startedWith(PipelineConfig config, Instant at) {
        boolean isRead = new RecordRules(config.event(), config.eventTime())
                .read(RefusedRecords.example(at), at)
                .isPresent();
        configurations.started(at, isRead);
    }

    /** What is ordered now. */
    synchronized Orders look(OrderProgress progress) {
        List<ErasureRequest> erased = erasures.all();
        List<ReplayRequest> requests = replays.all();
        requests.forEach(request -> replayed.computeIfAbsent(request.id(), id -> records(request)));
        return new Orders(
                readers(),
                erasures.erased(),
                erased.stream()
                        .flatMap(request -> request.rejected().stream())
                        .map(OperatorOrders::coordinates)
                        .collect(Collectors.toSet()),
                areCarriedOut(erased, progress),
                requests,
                replayed,
                configurations.starts(),
                progress);
    }

    private boolean areCarriedOut(List<ErasureRequest> erased, OrderProgress progress) {
        if (erased.isEmpty()) {
            return true;
        }
        ErasurePasses passes = ErasurePasses.read(lake.erasures(), files);
        return erased.stream().allMatch(request -> progress.isCarriedOut(request, passes, lake));
    }

    /** By the last file that can be used, as for the streaming job. */
    private Readers readers() {
        try {
            listed = DataCenters.parse(Files.readString(dataCentersFile), dataCentersFile.toString());
        } catch (InvalidInputException e) {
            // An operator is at work on it; the streaming job says what is wrong.
        } catch (IOException e) {
            throw new UncheckedIOException("The data-centers file cannot be read: " + dataCentersFile, e);
        }
        return Readers.of(listed, clusters.get(), clock.instant());
    }

    private Set<Coordinates> records(ReplayRequest request) {
        Set<Coordinates> records = new HashSet<>();
        if (request.kind() == ReplayRequest.Kind.QUARANTINE) {
            request.inputs().forEach(input -> records.addAll(records(input)));
        }
        return Set.copyOf(records);
    }

    private Set<Coordinates> records(ReplayInput input) {
        Path file = new Path(input.file().orElseThrow());
        Set<Coordinates> records = new HashSet<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(file.getFileSystem(hadoop).open(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                records.add(coordinates(input.partition().dataCenter(), line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The records that are to be replayed cannot be read from " + file, e);
        }
        return records;
    }

    private static Coordinates coordinates(String dataCenter, String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            JsonObject record = reader.readObject();
            return new Coordinates(
                    dataCenter,
                    record.getString("topic"),
                    topicId(record.getString("topic_identity")),
                    record.getInt("partition"),
                    record.getJsonNumber("offset").longValue());
        }
    }

    private static Coordinates coordinates(RejectedRecord record) {
        return new Coordinates(
                record.partition().dataCenter(),
                record.partition().topic(),
                topicId(record.topicId()),
                record.partition().partition(),
                record.offset());
    }

    private static String topicId(String identity) {
        return TopicIdentity.parse(identity).topicId();
    }
}
