package io.tributary.operations.status.page;

import com.fasterxml.jackson.databind.JsonNode;
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
 * A page as HTML: style, script, charts and data in one file. Nothing of the data can become markup: what stands in the
 * text is escaped, what the script reads is JSON without a {@code <}, and a policy in the page runs no script but the two
 * that are named by their digests, and loads nothing.
 *
 * <p>The page's own files are resources beside a class: the template with places such as {@code {{data}}}, a style that is
 * added to that of all pages, and a script.
 */
public final class SelfContainedPage {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");
    private static final String CHARTS = "charts/dist/echarts.min.js";
    private static final String STYLE = "page.css";

    private SelfContainedPage() {}

    /**
     * Puts a page together.
     *
     * @param beside the class beside which the page's files are
     * @param name of these files, without their endings
     * @param texts what stands in other places of the template, as text
     * @param data for the script
     */
    public static String html(Class<?> beside, String name, Map<String, String> texts, JsonNode data) {
        String charts = resource(SelfContainedPage.class, CHARTS);
        String script = resource(beside, name + ".js");
        Map<String, String> parts = new TreeMap<>();
        texts.forEach((place, text) -> parts.put(place, escaped(text)));
        parts.put("script-hashes", digest(charts) + " " + digest(script));
        parts.put("style", style(beside, name));
        parts.put("data", harmless(data.toString()));
        parts.put("charts", charts);
        parts.put("script", script);
        return PLACE.matcher(resource(beside, name + ".html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
    }

    private static String style(Class<?> beside, String name) {
        String common = resource(SelfContainedPage.class, STYLE);
        boolean isCommon = beside.equals(SelfContainedPage.class) && (name + ".css").equals(STYLE);
        return isCommon ? common : common + resource(beside, name + ".css");
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

    private static String resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build left out " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
