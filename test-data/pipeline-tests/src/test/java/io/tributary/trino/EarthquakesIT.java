package io.tributary.trino;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.config.PipelineConfig;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.trino.Questions;
import io.tributary.lab.trino.Stage;
import io.tributary.model.Pipeline;
import io.tributary.model.Pipeline.Sent;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The file of real events: what Trino shows of it is what a plain reading of the file gives. */
@UsesTrino
class EarthquakesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant BEGIN = Instant.parse("2018-01-30T00:00:00Z");

    /** One event of the file. */
    private record Quake(String line, JsonNode json) {

        Instant time() {
            return Instant.ofEpochMilli(json.get("time").asLong());
        }

        String network() {
            return json.get("net").asText();
        }

        /** The columns of the query below. */
        List<Object> row() {
            return Arrays.asList(
                    json.get("id").asText(),
                    time(),
                    LocalDate.ofInstant(time(), ZoneOffset.UTC),
                    json.get("type").asText(),
                    network(),
                    number("mag"),
                    text("magType"),
                    text("place"),
                    number("longitude"),
                    number("latitude"),
                    number("depth_km"),
                    text("status"),
                    Instant.ofEpochMilli(json.get("updated").asLong()),
                    line);
        }

        private Double number(String field) {
            return json.get(field).isNull() ? null : json.get(field).asDouble();
        }

        private String text(String field) {
            return json.get(field).isNull() ? null : json.get(field).asText();
        }
    }

    @Test
    void trinoShowsWhatAPlainReadingOfTheFileGives(Stage stage) throws Exception {
        Path samples = ProjectRoot.find().dir().resolve("test-data/samples");
        PipelineConfig config = PipelineConfig.parse(
                Files.readString(samples.resolve("earthquakes.yaml"))
                        + "tables: {database: quakes}\ncatalog: {type: glue}\n",
                "earthquakes.yaml");
        List<Quake> quakes = read(samples.resolve("earthquakes.jsonl"));
        List<String> networks = quakes.stream().map(Quake::network).distinct().toList();
        Lake lake = Lake.of(Optional.of(stage.lake("quakes")), config);
        try (LocalRuntime runtime = stage.spark();
                Pipeline pipeline = new Pipeline(runtime, config, lake, stage.folder("quakes"), networks, BEGIN);
                Questions trino = stage.ask(lake)) {
            // Two days at a time, and each time with what had already come the day before.
            for (int day = 2; day <= 10; day += 2) {
                Instant until = BEGIN.plus(Duration.ofDays(day));
                List<Sent> records = quakes.stream()
                        .filter(quake ->
                                quake.time().isBefore(until) && !quake.time().isBefore(until.minus(Duration.ofDays(3))))
                        .map(quake -> new Sent(quake.network(), quake.line()))
                        .toList();
                if (!records.isEmpty()) {
                    pipeline.arrive(records, until);
                    pipeline.merge();
                }
            }
            assertThat(trino.rows("SELECT event_id, event_time, event_date, event_type, data_center, magnitude,"
                            + " magnitude_type, place, longitude, latitude, depth_km, status, updated, payload"
                            + " FROM events ORDER BY event_id"))
                    .hasSize(1707)
                    .containsExactlyElementsOf(quakes.stream().map(Quake::row).toList());
            assertThat(
                            trino.rows(
                                    "SELECT event_date, count(*), max(magnitude) FROM events"
                                            + " WHERE event_date BETWEEN DATE '2018-02-01' AND DATE '2018-02-03' GROUP BY 1 ORDER BY 1"))
                    .containsExactlyElementsOf(perDay(quakes, 1, 3));
        }
    }

    private static List<List<Object>> perDay(List<Quake> quakes, int first, int last) {
        List<List<Object>> days = new ArrayList<>();
        for (int day = first; day <= last; day++) {
            LocalDate date = LocalDate.of(2018, 2, day);
            List<Quake> ofDay = quakes.stream()
                    .filter(quake -> quake.row().get(2).equals(date))
                    .toList();
            days.add(List.of(
                    date,
                    (long) ofDay.size(),
                    ofDay.stream()
                            .map(quake -> quake.number("mag"))
                            .filter(magnitude -> magnitude != null)
                            .max(Comparator.naturalOrder())
                            .orElseThrow()));
        }
        return days;
    }

    private static List<Quake> read(Path file) throws IOException {
        List<Quake> quakes = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            quakes.add(new Quake(line, JSON.readTree(line)));
        }
        quakes.sort(Comparator.comparing(quake -> quake.json().get("id").asText()));
        return quakes;
    }
}
