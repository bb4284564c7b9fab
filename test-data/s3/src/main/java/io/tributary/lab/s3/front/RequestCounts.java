package io.tributary.lab.s3.front;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many requests of each kind came, as S3 charges them: by method, and those that list a bucket apart. */
final class RequestCounts {

    private final Map<String, Long> counts = new TreeMap<>();

    synchronized void add(HttpHead request) {
        counts.merge(request.lists() ? "LIST" : request.method(), 1L, Long::sum);
    }

    /** What came since it was last asked, as {@code GET=3 HEAD=12}. */
    synchronized String take() {
        String text = counts.entrySet().stream()
                .map(kind -> kind.getKey() + "=" + kind.getValue())
                .collect(Collectors.joining(" "));
        counts.clear();
        return text;
    }
}
