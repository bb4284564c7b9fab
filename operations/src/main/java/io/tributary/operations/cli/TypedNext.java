package io.tributary.operations.cli;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes what an answer says to type next as it can be typed: with the script as it was called, and with the options that name
 * the stage, the lake or the file.
 */
final class TypedNext extends FilterOutputStream {

    /** Set by {@code scripts/tributary}: how it was called, and the options that it was given, quoted for a shell. */
    private static final String PROGRAM = "TRIBUTARY_TYPED";

    private static final String STAGE = "TRIBUTARY_TYPED_STAGE";
    private static final String LAKE = "TRIBUTARY_TYPED_LAKE";
    private static final String DATA_CENTERS = "TRIBUTARY_TYPED_DATA_CENTERS";

    private static final Pattern NEXT = Pattern.compile("(^|; )next: tributary (.*)$");
    /** The commands of data centers that read the lake too. */
    private static final Pattern OF_BOTH = Pattern.compile("dc (explain|drain|resume) .*");

    private final Map<String, String> environment;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    TypedNext(OutputStream out, Map<String, String> environment) {
        super(out);
        this.environment = environment;
    }

    @Override
    public void write(int one) throws IOException {
        line.write(one);
        if (one == '\n') {
            end();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    @Override
    public void flush() throws IOException {
        end();
        super.flush();
    }

    private void end() throws IOException {
        byte[] bytes = line.toByteArray();
        line.reset();
        String text = new String(bytes, StandardCharsets.UTF_8);
        Matcher next = NEXT.matcher(text.stripTrailing());
        out.write(
                next.find()
                        ? (next.replaceFirst(Matcher.quoteReplacement(next.group(1) + "next: " + typed(next.group(2))))
                                        + text.substring(text.stripTrailing().length()))
                                .getBytes(StandardCharsets.UTF_8)
                        : bytes);
    }

    private String typed(String command) {
        boolean isOfDataCenters = command.startsWith("dc ");
        boolean isOfLake = !isOfDataCenters || OF_BOTH.matcher(command).matches();
        return environment.getOrDefault(PROGRAM, "tributary") + " " + command
                + option(STAGE)
                + (isOfLake ? option(LAKE) : "")
                + (isOfDataCenters ? option(DATA_CENTERS) : "");
    }

    private String option(String name) {
        String given = environment.getOrDefault(name, "").strip();
        return given.isEmpty() ? "" : " " + given;
    }
}
