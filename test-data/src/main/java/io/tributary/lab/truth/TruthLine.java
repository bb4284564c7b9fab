package io.tributary.lab.truth;

import io.tributary.lab.truth.SentRecord.Kind;
import io.tributary.lab.truth.SentRecord.SentEvent;
import java.util.Optional;

/** A sent record as a line of tab-separated text and back; ids of any content survive. */
final class TruthLine {

    static final String HEADER = String.join(
            "\t",
            "kind",
            "data_center",
            "topic",
            "topic_id",
            "partition",
            "offset",
            "scope",
            "event_id",
            "event_time_us",
            "payload");

    private static final int FIELDS = 10;

    private TruthLine() {}

    static void append(SentRecord sent, StringBuilder line) {
        Coordinates at = sent.coordinates();
        line.append(sent.kind()).append('\t');
        escape(at.dataCenter(), line);
        line.append('\t');
        escape(at.topic(), line);
        line.append('\t').append(at.topicId());
        line.append('\t').append(at.partition()).append('\t').append(at.offset());
        if (sent.event().isPresent()) {
            SentEvent event = sent.event().get();
            line.append('\t');
            escape(event.identity().scope().orElse(""), line);
            line.append('\t');
            escape(event.identity().id(), line);
            line.append('\t').append(event.timeMicros());
            line.append('\t').append(Long.toHexString(event.payloadHash()));
        } else {
            line.append("\t\t\t\t");
        }
        line.append('\n');
    }

    static SentRecord parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("not " + FIELDS + " fields");
        }
        Kind kind = Kind.valueOf(fields[0]);
        Coordinates at = new Coordinates(
                unescape(fields[1]),
                unescape(fields[2]),
                fields[3],
                Integer.parseInt(fields[4]),
                Long.parseLong(fields[5]));
        if (kind == Kind.MALFORMED) {
            return SentRecord.malformed(at);
        }
        Optional<String> scope = Optional.of(unescape(fields[6])).filter(name -> !name.isEmpty());
        Identity identity = new Identity(scope, unescape(fields[7]));
        return SentRecord.event(
                kind, at, new SentEvent(identity, Long.parseLong(fields[8]), Long.parseUnsignedLong(fields[9], 16)));
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> out.append(c);
            }
        }
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                c = switch (text.charAt(i)) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> text.charAt(i);
                };
            }
            out.append(c);
        }
        return out.toString();
    }
}
