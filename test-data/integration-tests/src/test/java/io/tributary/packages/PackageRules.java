package io.tributary.packages;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a package for Glue may hold: our classes, what is relocated below them, Kafka's client and MSK's login. */
final class PackageRules {

    /**
     * Kafka's client keeps its names, since users write them in a data center's options, and Spark's Kafka source is
     * made for them; so does the login to MSK. Glue has them too, and its own come first: whole, so that none of ours is
     * mixed in.
     */
    private static final Pattern ALLOWED = Pattern.compile("io/tributary/.*"
            + "|org/apache/kafka/.*|software/amazon/msk/auth/iam/.*|kafka/kafka-version\\.properties"
            + "|org/apache/spark/sql/kafka010/.*|org/apache/spark/kafka010/.*"
            + "|error/kafka-(?:token-provider-)?error-(?:classes|conditions)\\.json"
            + "|META-INF/(?:LICENSE|NOTICE|DEPENDENCIES|MANIFEST|[A-Za-z]+-LICENSE|[A-Za-z]+-NOTICE).*|LICENSE|NOTICE"
            // The same texts for everybody, by the names under which schemas import them.
            + "|google/protobuf/[a-z_/]+\\.proto|google/type/[a-z_]+\\.proto|wire/extensions\\.proto"
            + "|META-INF/services/(?:io\\.tributary\\.shaded\\.|org\\.apache\\.kafka\\.).*");

    /** What is relocated; a class that still asks for it by its own name would get Glue's. A word in a message is no name. */
    private static final Pattern RELOCATED = Pattern.compile(
            "software/amazon/awssdk/|(?<![ '.])software\\.amazon\\.awssdk\\.|software/amazon/eventstream/"
                    + "|org/reactivestreams/|org/snakeyaml/|org/apache/commons/pool2/"
                    + "|com/google/protobuf/[A-Z]|com/google/gson/[A-Z]|com/google/common/[a-z]+/[A-Z]"
                    + "|com/squareup/wire/[a-z]|(?<!/)kotlin/jvm/|(?<!/)okio/[A-Z]");

    /** A class of Kotlin tells its compiler the names that it had before; nothing is linked by them. */
    private static final String KOTLIN = "Lio/tributary/shaded/kotlin/Metadata;";

    private PackageRules() {}

    private static String text(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return text.contains(KOTLIN) ? ClassReferences.of(content) : text;
    }

    /** Everything that is wrong with a jar of these files. */
    static List<String> problems(Map<String, byte[]> files) {
        List<String> problems = new ArrayList<>();
        files.forEach((name, content) -> {
            if (!ALLOWED.matcher(name).matches()) {
                problems.add(name + " is Glue's, or would clash with what Glue has");
            } else if (name.endsWith(".class") || name.startsWith("META-INF/services/")) {
                String text = text(content);
                RELOCATED
                        .matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .distinct()
                        .forEach(part -> problems.add(name + " asks for " + part + "…, which is relocated"));
            }
        });
        files.keySet().stream()
                .filter(name -> name.startsWith("META-INF/services/io.tributary."))
                .forEach(name -> new String(files.get(name), StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .filter(line -> !files.containsKey(line.replace('.', '/') + ".class"))
                        .forEach(line -> problems.add(name + " names " + line + ", which is not there")));
        return problems;
    }
}
