package io.tributary.operations.status.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.lab.browser.Browser;
import io.tributary.lab.browser.BrowserPage;
import io.tributary.lab.browser.BrowserPage.Size;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lake.status.Horizon;
import io.tributary.lake.status.StreamStatus.DataCenterStatus;
import io.tributary.operations.completeness.EventHour;
import io.tributary.operations.history.HistoryEntry;
import io.tributary.operations.status.GeneratedTail;
import io.tributary.operations.status.GeneratedTail.Part;
import io.tributary.operations.status.LakeTail;
import io.tributary.operations.status.Objective;
import io.tributary.operations.status.PipelineStatus;
import io.tributary.operations.status.StatusJson;
import io.tributary.operations.status.Verdict;
import io.tributary.operations.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The status page as a browser shows it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusPageIT {

    private static final Instant NOW = GeneratedTail.NOW;
    private static final int MAX_BYTES = 2_000_000;
    private static final String IS_DRAWN = "document.body !== null && document.body.dataset.drawn === 'yes'";

    /** Names that would run or break out, were they taken for markup. */
    private static final List<String> HOSTILE =
            List.of("<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>", "{b|bold}\"'&amp;");

    private Path dir;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) {
        dir = folder;
        Optional<Path> program = Browser.find();
        if (program.isEmpty()) {
            String words =
                    "StatusPageIT: not checked what a browser shows of the status page. " + Browser.NO_BROWSER + ".";
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(words);
            }
            System.err.println(words);
            Assumptions.abort(words);
        }
        browser = Browser.start(program.orElseThrow(), folder);
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"light, 390", "dark, 390", "light, 1280", "dark, 1280"})
    void nothingOverlapsAndNothingIsWrong(String scheme, int width) throws IOException {
        for (PageData data : List.of(usual(), hostile(), ofMany(100), ofNothing())) {
            Path file = written(data);
            Size size = width == Size.PHONE.width() ? Size.PHONE : Size.DESKTOP;
            BrowserPage page = browser.page();
            page.open(file, size, scheme, IS_DRAWN);
            page.screenshot(ProjectRoot.find()
                    .built("operations")
                    .resolve("status-page")
                    .resolve(data.status().dataCenters().size() + "-" + scheme + "-" + width + ".png"));

            JsonNode found = page.overlaps();
            assertThat(found.get("faults"))
                    .as("overlaps at %s, %s", width, scheme)
                    .isEmpty();
            assertThat(found.get("texts").asInt()).isPositive();
            assertThat(page.problems()).isEmpty();
        }
    }

    @Test
    void itsNumbersAreThoseOfTheStatus() throws IOException {
        PageData data = usual();
        BrowserPage page = open(data);

        JsonNode read = new ObjectMapper()
                .readTree(page.evaluate("document.getElementById('data').textContent")
                        .asText());
        assertThat(read.get("status")).isEqualTo(new ObjectMapper().readTree(StatusJson.of(data.status())));
        JsonNode shown = page.evaluate("Object.fromEntries([...document.querySelectorAll('[data-data-center]')]"
                + ".map(row => [row.dataset.dataCenter, [...row.cells].map(cell => cell.textContent)]))");
        data.status().dataCenters().forEach((name, report) -> {
            List<String> cells = new ArrayList<>();
            shown.get(name).forEach(cell -> cells.add(cell.asText()));
            assertThat(cells)
                    .containsExactly(
                            name,
                            report.state().words(),
                            Words.count(report.lag()),
                            Words.duration(report.lagTime()),
                            report.rate().isPresent()
                                    ? Words.count(Math.round(report.rate().getAsDouble()))
                                    : Words.UNKNOWN,
                            Words.duration(report.median()),
                            Words.duration(report.p99()),
                            Words.percent(report.late()),
                            Words.percent(report.duplicate()),
                            Words.percent(report.quarantined()),
                            Words.percent(report.castFailures()),
                            report.retentionUsed().isPresent()
                                    ? Words.percent(OptionalDouble.of(
                                            1 - report.retentionUsed().getAsDouble()))
                                    : Words.UNKNOWN,
                            Words.time(report.validThrough().staged(), NOW));
        });
        assertThat(page.evaluate("document.getElementById('sentence').textContent")
                        .asText())
                .isEqualTo(Verdict.of(data.status()).sentence());
        assertThat(page.evaluate("document.getElementById('age').textContent").asText())
                .contains("ago, at 2026-03-01 08:00:00 UTC");
        assertThat(page.evaluate("document.getElementById('flow').textContent").asText())
                .contains("fra", "on time", "late", "duplicate", "quarantined", "merged", "not merged yet");
    }

    @Test
    void namesAreTextWhateverTheyAre() throws IOException {
        BrowserPage page = open(hostile());

        assertThat(page.evaluate("document.querySelectorAll('img').length").asInt())
                .isZero();
        assertThat(page.evaluate("document.querySelectorAll('script').length").asInt())
                .isEqualTo(3);
        assertThat(page.evaluate(
                        "[...document.querySelectorAll('[data-data-center]')].map(row => row.cells[0].textContent)"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(HOSTILE);
        assertThat(page.problems()).isEmpty();
    }

    /** The policy is what holds if all else fails. */
    @Test
    void noOtherScriptRuns() throws IOException {
        BrowserPage page = open(usual());
        page.evaluate("(() => { const s = document.createElement('script'); s.textContent = 'window.ran = true';"
                + " document.body.append(s); })()");

        assertThat(page.evaluate("window.ran === undefined").asBoolean()).isTrue();
        assertThat(page.problems()).anyMatch(problem -> problem.contains("Content Security Policy"));
    }

    @Test
    void itIsBounded() {
        PageData data = ofMany(500);
        assertThat(PageTemplate.html(data).length()).isLessThan(MAX_BYTES);
        JsonNode many = data.json();
        assertThat(many.at("/status/data_centers").size()).isEqualTo(PageData.MAX_DATA_CENTERS);
        assertThat(many.get("more_data_centers").asInt()).isEqualTo(500 - PageData.MAX_DATA_CENTERS);
        // Who is in trouble is shown.
        assertThat(many.at("/status/data_centers").has("data-center-499")).isTrue();
    }

    private BrowserPage open(PageData data) throws IOException {
        BrowserPage page = browser.page();
        page.open(written(data), Size.DESKTOP, "light", IS_DRAWN);
        return page;
    }

    private Path written(PageData data) throws IOException {
        return Files.writeString(dir.resolve("page.html"), PageTemplate.html(data));
    }

    private static PageData usual() {
        Part fra = new Part(4100, 400, 40, 12, 210, 0L, Duration.ofSeconds(4), Duration.ofSeconds(9), false);
        Part sin = Part.of(1000, 48_000L).within(Duration.ofSeconds(40), Duration.ofSeconds(95));
        Part idle = Part.of(0, 0L);
        return page(GeneratedTail.ofBatches(60)
                .batches(30, Map.of("fra", fra, "nyc", Part.of(900, 0L), "sin", sin, "ams", idle))
                .merge()
                .batches(30, Map.of("fra", fra, "sin", sin, "ams", idle))
                .told(
                        NOW,
                        Map.of(
                                "fra", GeneratedTail.answering(0),
                                "nyc",
                                        DataCenterStatus.unreachable(
                                                Horizon.UNKNOWN,
                                                NOW.minusSeconds(300),
                                                "TimeoutException: no answer of kafka-1.nyc.example.org:9092 within 5 s"),
                                "sin", GeneratedTail.answering(48_000),
                                "ams", GeneratedTail.answering(0)))
                .tail());
    }

    private static PageData hostile() {
        Map<String, Part> parts = new TreeMap<>();
        Map<String, DataCenterStatus> told = new TreeMap<>();
        HOSTILE.forEach(name -> {
            parts.put(name, Part.of(100, 0L));
            told.put(name, DataCenterStatus.unreachable(Horizon.UNKNOWN, NOW.minusSeconds(300), "failed in " + name));
        });
        return page(
                GeneratedTail.ofBatches(20).batches(20, parts).told(NOW, told).tail());
    }

    /** Of many, the last is in trouble. */
    private static PageData ofMany(int count) {
        Map<String, Part> parts = new TreeMap<>();
        Map<String, DataCenterStatus> told = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String name = "data-center-" + i;
            parts.put(name, Part.of(1000L + i, 0L));
            told.put(
                    name,
                    i < count - 1
                            ? GeneratedTail.answering(0)
                            : DataCenterStatus.unreachable(Horizon.UNKNOWN, NOW.minusSeconds(300), "x".repeat(10_000)));
        }
        return page(
                GeneratedTail.ofBatches(20).batches(20, parts).told(NOW, told).tail());
    }

    private static PageData page(LakeTail tail) {
        PipelineStatus status = PipelineStatus.of(tail, Objective.DEFAULT, OptionalDouble.of(0.972));
        List<EventHour> hours = new ArrayList<>();
        status.dataCenters().forEach((name, report) -> {
            for (int hour = 0; hour < 24; hour++) {
                Instant at = NOW.minus(Duration.ofHours(23 - hour));
                hours.add(new EventHour(
                        name,
                        at,
                        0,
                        12_345L * hour,
                        OptionalLong.empty(),
                        hour < 22 ? 0 : 700,
                        hour < 22 ? 0 : 7,
                        report.validThrough()));
            }
        });
        List<Lateness> lateness = new ArrayList<>();
        for (String words : List.of("10 s", "1 min", "10 min", "1 h", "6 h", "1 d", "7 d", "more")) {
            lateness.add(new Lateness(words, 1_200_000 / (1 + lateness.size()), 90_000L * lateness.size()));
        }
        List<HistoryEntry> history = List.of(
                new HistoryEntry(
                        NOW.minusSeconds(300),
                        HistoryEntry.Kind.MERGE,
                        Optional.empty(),
                        "events_merged@812",
                        "merge 812: 1,234,567 rows merged of 1,240,000 staged, 5,433 duplicates, to 3 event dates"),
                new HistoryEntry(
                        NOW.minusSeconds(900),
                        HistoryEntry.Kind.MEMBERSHIP,
                        Optional.of(status.dataCenters().firstKey()),
                        "events_staging@4",
                        "read for the first time, from events-0 at 0 " + HOSTILE.get(0)));
        return new PageData(
                status,
                HourFlow.of(tail.batches(), status.merge().watermark(), NOW),
                Optional.of(
                        new RowCounts(NOW.minusSeconds(40), Duration.ofSeconds(2), hours, lateness, Optional.empty())),
                history);
    }

    /** Of a lake of which nothing is known. */
    private static PageData ofNothing() {
        return new PageData(
                PipelineStatus.of(GeneratedTail.ofBatches(1).tail(), Objective.DEFAULT, OptionalDouble.empty()),
                new TreeMap<>(),
                Optional.of(new RowCounts(NOW, Duration.ZERO, List.of(), List.of(), Optional.of("Not counted here."))),
                List.of());
    }
}
