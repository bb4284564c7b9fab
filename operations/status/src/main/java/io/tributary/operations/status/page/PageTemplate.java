package io.tributary.operations.status.page;

import io.tributary.operations.status.Verdict;
import io.tributary.operations.text.Words;
import java.util.Map;

/** The status page as HTML. */
final class PageTemplate {

    private PageTemplate() {}

    static String html(PageData page) {
        return SelfContainedPage.html(
                SelfContainedPage.class,
                "page",
                Map.of(
                        "lake",
                        page.status().lake(),
                        "sentence",
                        PageData.shortened(Verdict.of(page.status()).sentence()),
                        "at",
                        Words.dateAndTime(page.status().now()) + " UTC"),
                page.json());
    }
}
