package io.tributary.lab.s3.front;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Tells a front what to do, line by line, and says what it does.
 *
 * <pre>
 *   add RULE                 puts a rule in force     ──► APPLIED name METHOD path   for each request that it spoils
 *                                                     ──► HELD name METHOD path      for each that it holds
 *   remove NAME              takes a rule out of force; "remove *" all of them
 *   release NAME pass|drop   lets go what a rule holds
 *   count                    counts anew              ──► COUNTED GET=3 HEAD=12      what came since the last count
 * </pre>
 */
public final class FrontCommands {

    private final Rules rules;
    private final RequestCounts counts;
    private final PrintStream out;

    FrontCommands(Rules rules, RequestCounts counts, PrintStream out) {
        this.rules = rules;
        this.counts = counts;
        this.out = out;
    }

    /** Follows the lines until they end. */
    public void follow(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            try {
                obey(line.strip());
            } catch (IllegalArgumentException e) {
                say("REFUSED " + line + ": " + e.getMessage());
            }
        }
    }

    private void obey(String line) {
        String[] words = line.split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "add" -> rules.add(Rule.parse(rest));
            case "remove" -> remove(rest);
            case "release" -> release(rest.split("\\s+"));
            case "count" -> say(("COUNTED " + counts.take()).strip());
            case "" -> {
                // An empty line asks for nothing.
                return;
            }
            default ->
                throw new IllegalArgumentException("\"" + words[0] + "\" is none of add, remove, release and count");
        }
        say("DONE " + line);
    }

    private void remove(String name) {
        if (name.equals("*")) {
            rules.removeAll();
        } else {
            rules.remove(name);
        }
    }

    private void release(String... nameAndWhat) {
        if (nameAndWhat.length != 2) {
            throw new IllegalArgumentException("write release NAME pass|drop");
        }
        rules.release(nameAndWhat[0], Rules.Release.valueOf(nameAndWhat[1].toUpperCase(Locale.ROOT)));
    }

    void applied(Rule rule, String method, String path) {
        say("APPLIED " + rule.name() + " " + method + " " + path);
    }

    void held(Rule rule, String method, String path) {
        say("HELD " + rule.name() + " " + method + " " + path);
    }

    private void say(String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }
}
