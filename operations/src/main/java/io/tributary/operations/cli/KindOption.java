package io.tributary.operations.cli;

import io.tributary.cli.Suggestions;
import io.tributary.operations.history.HistoryEntry.Kind;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A kind of what happened, by its name or by that of the command that brings it about. */
final class KindOption implements ITypeConverter<Kind> {

    /** Commands, and other words that people use for a kind. */
    private static final Map<String, Kind> ALSO = Map.ofEntries(
            Map.entry("erase", Kind.REMOVAL),
            Map.entry("erasure", Kind.REMOVAL),
            Map.entry("retention", Kind.REMOVAL),
            Map.entry("backfill", Kind.REPLAY),
            Map.entry("dc", Kind.MEMBERSHIP),
            Map.entry("add", Kind.MEMBERSHIP),
            Map.entry("pause", Kind.MEMBERSHIP),
            Map.entry("resume", Kind.MEMBERSHIP),
            Map.entry("drain", Kind.MEMBERSHIP),
            Map.entry("remove", Kind.MEMBERSHIP),
            Map.entry("compaction", Kind.MAINTENANCE),
            Map.entry("vacuum", Kind.MAINTENANCE));

    /** The kinds as people write them. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }
    }

    @Override
    public Kind convert(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return kind(word)
                .or(() -> word.endsWith("s") ? kind(word.substring(0, word.length() - 1)) : Optional.empty())
                .orElseThrow(() -> new TypeConversionException("there is no kind " + text + "; "
                        + Suggestions.remedy(
                                word,
                                Stream.concat(
                                                names().stream(),
                                                ALSO.keySet().stream().sorted())
                                        .toList())));
    }

    private static Optional<Kind> kind(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .or(() -> Optional.ofNullable(ALSO.get(word)));
    }

    private static List<String> names() {
        return Arrays.stream(Kind.values()).map(Kind::word).toList();
    }
}
