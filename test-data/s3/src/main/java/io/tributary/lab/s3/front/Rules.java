package io.tributary.lab.s3.front;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** The rules in force, and the requests that are being held. */
final class Rules {

    /** What is to become of a request that was held. */
    enum Release {
        /** It goes its way. */
        PASS,
        /** Its connection is closed; if nothing of it was done, nothing will be. */
        DROP
    }

    private final SplittableRandom random;
    private final List<InForce> rules = new ArrayList<>();
    private final Map<String, CompletableFuture<Release>> held = new HashMap<>();

    Rules(long seed) {
        random = new SplittableRandom(seed);
    }

    private static final class InForce {

        private final Rule rule;
        private int left;
        private boolean armed;

        InForce(Rule rule) {
            this.rule = rule;
            this.left = rule.times();
            this.armed = rule.after().isEmpty();
        }
    }

    /** Puts a rule in force; one of the same name before it no longer is. */
    synchronized void add(Rule rule) {
        remove(rule.name());
        held.put(rule.name(), new CompletableFuture<>());
        rules.add(new InForce(rule));
    }

    /** Takes a rule out of force; what it holds goes on being held. */
    synchronized void remove(String name) {
        rules.removeIf(known -> known.rule.name().equals(name));
    }

    synchronized void removeAll() {
        rules.clear();
    }

    /** What is to be done to a request, if anything; the first rule that matches counts. */
    synchronized Optional<Rule> take(String method, String path) {
        for (InForce known : rules) {
            if (known.armed && known.left > 0 && known.rule.matches(method, path)) {
                if (known.rule.share() < 1 && random.nextDouble() >= known.rule.share()) {
                    continue;
                }
                known.left--;
                return Optional.of(known.rule);
            }
        }
        return Optional.empty();
    }

    /** Notes a request that was answered with success, which others may have to come after. */
    synchronized void done(String path) {
        rules.stream()
                .filter(known -> known.rule.after().isPresent())
                .filter(known -> known.rule.after().get().matcher(path).matches())
                .forEach(known -> known.armed = true);
    }

    /** Completed once requests that a rule holds are released. */
    synchronized CompletableFuture<Release> hold(Rule rule) {
        return held.get(rule.name());
    }

    synchronized void release(String name, Release release) {
        CompletableFuture<Release> pending = held.get(name);
        if (pending != null) {
            pending.complete(release);
        }
    }
}
