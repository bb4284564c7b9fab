package io.tributary.lab.profile;

import io.tributary.config.Durations;
import io.tributary.config.yaml.Quoted;
import io.tributary.config.yaml.Section;
import io.tributary.config.yaml.SettingsFile;
import io.tributary.lab.load.LoadSpec.Shares;
import io.tributary.lab.load.LoadSpec.TextSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads a profile, key by key, and reports all its problems together. */
final class ProfileParser {

    private static final int MAX_DATA_CENTERS = 64;
    private static final int MAX_RATE = 1_000_000;
    private static final int MAX_REPEATS = 1_000;
    private static final long MAX_RECORDS = 50_000_000;
    private static final Pattern SHARE = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]+)?)%");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,6})-([0-9]{1,6})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}(?:\\.[0-9]+)?");
    private static final Shares ORDINARY = new Shares(0.10, 0.05, 0.01);

    private ProfileParser() {}

    /** @param origin of the text, for messages */
    static Profile parse(String yaml, String name, String origin) {
        return SettingsFile.parse(yaml, "profile", origin, root -> profile(root, name, yaml));
    }

    private static Supplier<Profile> profile(Section root, String name, String yaml) {
        Optional<String> description = root.requiredText("description", text -> text);
        Optional<String> decides = root.requiredText("decides", text -> text);
        int count = (int) root.wholeNumber("data_centers", 3, 1, MAX_DATA_CENTERS);
        List<String> dataCenters = IntStream.rangeClosed(1, count)
                .mapToObj(number -> "dc" + number)
                .toList();
        Duration warmUp = root.literal("warm_up", Duration.ZERO, Durations::parse);
        TextSize text = root.literal("text", TextSize.DEFAULT, ProfileParser::textSize);
        List<Phase> phases = phases(root, dataCenters);
        Duration end = phases.stream().map(Phase::duration).reduce(Duration.ZERO, Duration::plus);
        if (!phases.isEmpty() && warmUp.compareTo(end) >= 0) {
            root.problem("warm_up", "is no shorter than the load, so nothing would be measured; make it shorter");
        }
        List<ProfileFault> faults = new ArrayList<>(root.sections("faults", one -> fault(one, dataCenters, end)));
        faults.sort(Comparator.comparing(ProfileFault::at));
        requireOneAtATime(root, faults);
        Optional<Targets> targets = root.section("objectives", Optional.empty(), one -> Optional.of(targets(one)));
        return () -> new Profile(
                name,
                description.orElseThrow(),
                decides.orElseThrow(),
                dataCenters,
                warmUp,
                text,
                phases,
                faults,
                targets.orElseThrow(),
                yaml);
    }

    private static List<Phase> phases(Section root, List<String> dataCenters) {
        int repeats = (int) root.wholeNumber("repeat", 1, 1, MAX_REPEATS);
        List<Phase> once = root.sections("phases", section -> phase(section, dataCenters));
        List<Phase> phases = new ArrayList<>();
        IntStream.range(0, repeats).forEach(time -> phases.addAll(once));
        long records = phases.stream()
                .mapToLong(phase -> phase.rate() * phase.duration().toSeconds())
                .sum();
        if (once.isEmpty()) {
            root.problem("phases", "has none that can be used; write such as - {name: steady, for: 30s, rate: 1000}");
        } else if (records == 0 || records > MAX_RECORDS) {
            root.problem("phases", "make " + records + " records; a load has from 1 to " + MAX_RECORDS);
        }
        return phases;
    }

    private static Optional<Phase> phase(Section section, List<String> dataCenters) {
        Optional<String> name = section.requiredText("name", text -> text);
        Optional<Duration> duration = section.requiredLiteral("for", Durations::parsePositive);
        Shares shares = section.lacks("shares") ? ORDINARY : section.section("shares", ORDINARY, ProfileParser::shares);
        boolean isEqual = !section.lacks("rate");
        if (isEqual != section.lacks("rates")) {
            section.problem(
                    "rate",
                    "must be given, for all data centers together, or else rates, by data center: one of the two");
        }
        int rate = (int) section.wholeNumber("rate", 0, 0, MAX_RATE);
        SortedMap<String, Integer> rates = section.section("rates", new TreeMap<>(), own -> rates(own, dataCenters));
        if (isEqual) {
            for (int i = 0; i < dataCenters.size(); i++) {
                int more = i < rate % dataCenters.size() ? 1 : 0;
                rates.put(dataCenters.get(i), rate / dataCenters.size() + more);
            }
        }
        return name.isPresent() && duration.isPresent()
                ? Optional.of(new Phase(name.get(), duration.get(), rates, shares))
                : Optional.empty();
    }

    private static SortedMap<String, Integer> rates(Section section, List<String> dataCenters) {
        SortedMap<String, Integer> rates = new TreeMap<>();
        for (String name : section.keys()) {
            if (dataCenters.contains(name)) {
                rates.put(name, (int) section.wholeNumber(name, 0, 0, MAX_RATE));
            } else {
                section.problem(name, "is no data center of this profile; they are " + range(dataCenters));
            }
        }
        return rates;
    }

    private static Shares shares(Section section) {
        return new Shares(
                section.literal("duplicates", 0.0, ProfileParser::share),
                section.literal("backdated", 0.0, ProfileParser::share),
                section.literal("malformed", 0.0, ProfileParser::share));
    }

    private static Optional<ProfileFault> fault(Section section, List<String> dataCenters, Duration end) {
        Optional<String> what = section.requiredText("what", text -> text);
        ProfileFault.Kind kind = section.choice("what", ProfileFault.Kind.INGEST_KILLED);
        Optional<Duration> at = section.requiredLiteral("at", Durations::parse);
        Duration lasts = section.literal("for", Duration.ZERO, Durations::parsePositive);
        Optional<String> dataCenter = section.optionalText("data_center", text -> {
            if (!dataCenters.contains(text)) {
                throw new IllegalArgumentException(
                        Quoted.of(text) + " is no data center of this profile; they are " + range(dataCenters));
            }
            return text;
        });
        if (kind.lasts() == section.lacks("for")) {
            section.problem(
                    "for", kind.word() + (kind.lasts() ? " lasts; say how long" : " is over at once; leave it out"));
        }
        if (kind.isOfDataCenter() == section.lacks("data_center")) {
            section.problem(
                    "data_center",
                    kind.word()
                            + (kind.isOfDataCenter() ? " is done to one; name it" : " is done to a job; leave it out"));
        }
        if (at.filter(begin -> begin.plus(lasts).compareTo(end) > 0).isPresent()) {
            section.problem("at", "the fault would outlast the load, which ends after " + end.toSeconds() + " s");
        }
        return what.isPresent() && at.isPresent()
                ? Optional.of(new ProfileFault(kind, at.get(), lasts, dataCenter))
                : Optional.empty();
    }

    private static void requireOneAtATime(Section root, List<ProfileFault> faults) {
        for (int i = 1; i < faults.size(); i++) {
            if (faults.get(i).at().compareTo(faults.get(i - 1).end()) < 0) {
                root.problem(
                        "faults",
                        "the one at " + faults.get(i).at().toSeconds() + " s begins before the one before it is over;"
                                + " one at a time can be attributed");
            }
        }
    }

    private static Targets targets(Section section) {
        return new Targets(
                section.literal("freshness_p99", Optional.empty(), text -> Optional.of(Durations.parsePositive(text))),
                section.choice("lag", LagRule.ANY) == LagRule.FLAT,
                section.literal("ratio", Optional.empty(), ProfileParser::number),
                section.literal("recovery", Optional.empty(), text -> Optional.of(Durations.parsePositive(text))),
                section.literal("returns", Optional.empty(), text -> Optional.of(Durations.parsePositive(text))),
                section.literal("cpu_per_million", Optional.empty(), ProfileParser::number));
    }

    /** What is wanted of the lag. */
    private enum LagRule {
        ANY,
        FLAT
    }

    private static Optional<Double> number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException(Quoted.of(text) + " is no number; write such as 1.5");
        }
        return Optional.of(Double.valueOf(text));
    }

    private static double share(String text) {
        Matcher matcher = SHARE.matcher(text);
        if (!matcher.matches() || Double.parseDouble(matcher.group(1)) > 100) {
            throw new IllegalArgumentException(Quoted.of(text) + " is no share; write percent, such as 10%");
        }
        return Double.parseDouble(matcher.group(1)) / 100;
    }

    private static TextSize textSize(String text) {
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(Quoted.of(text) + " is no range of characters; write such as 20-300");
        }
        return new TextSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    private static String range(List<String> dataCenters) {
        return dataCenters.get(0) + " to " + dataCenters.get(dataCenters.size() - 1);
    }
}
