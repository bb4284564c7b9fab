package io.tributary.operations.datacenter.explain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What is wrong with a data center, in words.
 *
 * @param isWrong whether somebody has to act
 * @param evidence lines from the log and the check on which it rests
 */
public record Explanation(
        String dataCenter,
        boolean isWrong,
        String what,
        String since,
        String others,
        String safe,
        String remedy,
        List<String> evidence,
        String next) {

    public Explanation {
        evidence = List.copyOf(evidence);
    }

    /** The same with another command to type next. */
    Explanation toward(String other) {
        return new Explanation(dataCenter, isWrong, what, since, others, safe, remedy, evidence, other);
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, "what", dataCenter + " " + what);
        line(text, "since", since);
        line(text, "others", others);
        line(text, "safe", safe);
        line(text, "do", remedy);
        evidence.forEach(words -> line(text, "seen", words));
        return text.append("next: ").append(next).append('\n').toString();
    }

    private static void line(StringBuilder text, String about, String words) {
        text.append("%-7s %s%n".formatted(about, words));
    }

    public String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("data_center", dataCenter)
                .put("wrong", isWrong)
                .put("what", what)
                .put("since", since)
                .put("others", others)
                .put("safe", safe)
                .put("do", remedy);
        evidence.forEach(root.putArray("evidence")::add);
        root.put("next", next);
        return root.toPrettyString() + "\n";
    }
}
