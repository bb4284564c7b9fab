package io.tributary.lab.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.lab.browser.Browser;
import io.tributary.lab.browser.BrowserPage;
import io.tributary.lab.browser.BrowserPage.Size;
import io.tributary.lab.process.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report of a load test as a browser shows it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResultPageIT {

    private static final String IS_DRAWN = "document.body !== null && document.body.dataset.drawn === 'yes'";
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

    private Path dir;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) {
        dir = folder;
        Optional<Path> program = Browser.find();
        if (program.isEmpty()) {
            String words = "ResultPageIT: not checked what a browser shows of a load test. " + Browser.NO_BROWSER + ".";
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
        Map<String, ObjectNode> results =
                Map.of("good", StoredResult.smoke(), "troubled", troubled(), "without-figures", withoutFigures());
        for (Map.Entry<String, ObjectNode> result : results.entrySet()) {
            BrowserPage page = browser.page();
            Size size = width == Size.PHONE.width() ? Size.PHONE : Size.DESKTOP;
            page.open(written(result.getValue()), size, scheme, IS_DRAWN);
            page.screenshot(ProjectRoot.find()
                    .built("test-data")
                    .resolve("load-test-page")
                    .resolve(result.getKey() + "-" + scheme + "-" + width + ".png"));

            JsonNode found = page.overlaps();
            assertThat(found.get("faults"))
                    .as("%s at %s, %s", result.getKey(), width, scheme)
                    .isEmpty();
            assertThat(found.get("texts").asInt()).isPositive();
            assertThat(page.problems()).isEmpty();
        }
    }

    @Test
    void itsNumbersAreThoseOfTheResult() throws IOException {
        ObjectNode result = StoredResult.smoke();
        BrowserPage page = open(result);

        assertThat(new ObjectMapper()
                        .readTree(page.evaluate("document.getElementById('data').textContent")
                                .asText()))
                .isEqualTo(result);
        assertThat(page.evaluate("document.getElementById('sentence').textContent")
                        .asText())
                .isEqualTo(result.at("/verdict/sentence").asText());
        for (JsonNode objective : result.get("objectives")) {
            assertThat(cells(page, "[data-objective=\"" + objective.get("id").asText() + "\"]"))
                    .contains(
                            objective.get("objective").asText(),
                            objective.get("target").asText(),
                            objective.get("result").asText(),
                            objective.get("status").asText());
        }
        result.at("/pipeline/freshness/data_centers").properties().forEach(entry -> assertThat(
                        cells(page, "[data-data-center=\"" + entry.getKey() + "\"]"))
                .startsWith(
                        entry.getKey(),
                        String.format("%,d", entry.getValue().get("count").asInt()))
                .contains(String.format("%.2f s", entry.getValue().get("p99").asDouble())));
        assertThat(page.evaluate("document.querySelectorAll('.chart svg').length")
                        .asInt())
                .isEqualTo(10);
    }

    @Test
    void aRunThatSaysNothingShowsNoFigure() throws IOException {
        BrowserPage page = open(withoutFigures());

        assertThat(page.evaluate("document.querySelectorAll('.chart svg').length")
                        .asInt())
                .isZero();
        assertThat(page.evaluate("document.body.innerText").asText())
                .contains("Void: the generator was late in phase 2")
                .doesNotContain("CPU a million", "Freshness p99", "Heap");
        assertThat(page.evaluate("document.getElementById('sentence').className")
                        .asText())
                .isEqualTo("bad");
    }

    @Test
    void whatComesFromOutsideIsText() throws IOException {
        BrowserPage page = open(troubled());

        assertThat(page.evaluate("document.querySelectorAll('img').length").asInt())
                .isZero();
        assertThat(page.evaluate("document.getElementById('yaml').textContent").asText())
                .contains(HOSTILE);
        assertThat(page.problems()).isEmpty();
    }

    /** Misses, a fault, sixteen data centers, and markup where words belong. */
    private static ObjectNode troubled() {
        ObjectNode result = StoredResult.smoke();
        ((ObjectNode) result.get("verdict"))
                .put("status", "missed")
                .put(
                        "sentence",
                        "Exact and balanced. Missed: freshness (312.7 s), return from overload (not before the end).");
        ObjectNode missed = (ObjectNode) result.get("objectives").get(2);
        missed.put("status", "missed")
                .put("result", "312.7 s")
                .put("margin", "252.7 s above")
                .put("cause", "It is " + HOSTILE);
        result.withArray("/faults")
                .addObject()
                .put("fault", "cluster frozen (dc3)")
                .put("from", 6.02)
                .put("to", 11.4)
                .put("recovery_seconds", 7.3);
        ObjectNode lag = (ObjectNode) result.at("/series/lag");
        ObjectNode centers = (ObjectNode) result.at("/pipeline/freshness/data_centers");
        for (int i = 4; i <= 16; i++) {
            lag.set("dc" + i, lag.get("dc1").deepCopy());
            centers.set("dc" + i, centers.get("dc1").deepCopy());
        }
        for (int i = 0; i < 8; i++) {
            result.withArray("/phases").add(result.get("phases").get(0).deepCopy());
        }
        result.put("profile_yaml", result.get("profile_yaml").asText() + "# " + HOSTILE + "x".repeat(300) + "\n");
        return result;
    }

    private static ObjectNode withoutFigures() {
        ObjectNode result = StoredResult.smoke();
        ((ObjectNode) result.get("verdict"))
                .put("status", "void")
                .put("sentence", "Void: the generator was late in phase 2. No figure of this run counts.")
                .withArray("/void")
                .add("the generator was late in phase 2");
        result.remove(List.of("series", "phases", "faults"));
        ((ObjectNode) result.get("pipeline")).remove(List.of("freshness", "work"));
        return result;
    }

    private static List<String> cells(BrowserPage page, String selector) {
        List<String> cells = new ArrayList<>();
        page.evaluate("[...document.querySelector('" + selector + "').cells].map(cell => cell.textContent)")
                .forEach(cell -> cells.add(cell.asText()));
        return cells;
    }

    private BrowserPage open(ObjectNode result) throws IOException {
        BrowserPage page = browser.page();
        page.open(written(result), Size.DESKTOP, "light", IS_DRAWN);
        return page;
    }

    private Path written(ObjectNode result) throws IOException {
        return Files.writeString(dir.resolve("result.html"), ResultPage.html(result));
    }
}
