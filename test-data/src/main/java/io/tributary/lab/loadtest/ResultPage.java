package io.tributary.lab.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.operations.status.page.SelfContainedPage;
import java.util.Map;

/** The report of a load test for people: one HTML file that needs nothing else. */
final class ResultPage {

    private ResultPage() {}

    /** @param result as {@link LoadTestResult#tree} gives it */
    static String html(JsonNode result) {
        return SelfContainedPage.html(
                ResultPage.class,
                "result",
                Map.of(
                        "profile", result.path("profile").asText(),
                        "sentence", result.at("/verdict/sentence").asText(),
                        "description", result.path("description").asText()),
                result);
    }
}
