package io.tributary.operations.status.page;

import io.tributary.operations.status.Verdict;
import io.tributary.operations.text.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page as HTML: style, script, charts and data in one file. Nothing of the data can become markup: what stands in the
 * text is escaped, what the script reads is JSON without a {@code <}, and a policy in the page runs no script but the two
 * that are named by their digests, and loads nothing.
 */
final class PageTemplate {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");
    private static final String FOLDER = "/io/tributary/operations/status/page/";

    private PageTemplate() {}

    static String html(PageData page) {
        String charts = resource("charts/dist/echarts.min.js");
        String script = resource("page.js");
        Map<String, String> parts = new TreeMap<>();
        parts.put("script-hashes", digest(charts) + " " + digest(script));
        parts.put("style", resource("page.css"));
        parts.put("lake", escaped(page.status().lake()));
        parts.put(
                "sentence", escaped(PageData.shortened(Verdict.of(page.status()).sentence())));
        parts.put("at", Words.dateAndTime(page.status().now()) + " UTC");
        parts.put("data", harmless(page.json().toString()));
        parts.put("charts", charts);
        parts.put("script", script);
        return PLACE.matcher(resource("page.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** JSON in which no character ends the element that holds it. */
    private static String harmless(String json) {
        return json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e");
    }

    /** Of a script as it stands between its tags, each on a line of its own. */
    private static String digest(String script) {
        try {
            byte[] bytes = ("\n" + script + "\n").getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = PageTemplate.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("the build left out " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
