package io.tributary.cdk;

import io.tributary.cdk.StageSettings.Audit;
import io.tributary.cdk.StageSettings.Merge;
import io.tributary.cdk.StageSettings.Streaming;
import io.tributary.cdk.StageSettings.Workers;
import io.tributary.config.yaml.Section;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/** The sections of a stage's file about its jobs: {@code streaming}, {@code merge} and {@code audit}. */
final class JobsParser {

    /** Glue ends every run after a week at the latest. */
    private static final Duration MAX_TIMEOUT = Duration.ofDays(7);

    private static final Duration MAX_RESTART = Duration.ofHours(12);

    private static final Set<WorkerType> FLEXIBLE = EnumSet.of(WorkerType.G_1X, WorkerType.G_2X);

    private JobsParser() {}

    static Streaming streaming(Section section) {
        Streaming defaults = Streaming.DEFAULTS;
        return new Streaming(
                workers(section, defaults.workers(), WorkerType::parse),
                section.text(
                        "maintenance_window",
                        defaults.maintenanceWindow(),
                        SettingValues.matching(
                                "(Mon|Tue|Wed|Thu|Fri|Sat|Sun):(1?\\d|2[0-3])", "\"Sun:10\", day and hour")),
                section.literal("restart_every", defaults.restartEvery(), JobsParser::restart),
                section.literal("auto_scaling", defaults.isScaling(), SettingValues::trueOrFalse));
    }

    static Merge merge(Section section) {
        Merge defaults = Merge.DEFAULTS;
        return new Merge(
                workers(section, defaults.workers(), WorkerType::parseForBatch),
                section.literal("every", defaults.every(), ScheduleInterval::parse),
                section.literal("timeout", defaults.timeout(), JobsParser::timeout));
    }

    static Audit audit(Section section) {
        Audit defaults = Audit.DEFAULTS;
        Audit audit = new Audit(
                workers(section, defaults.workers(), WorkerType::parseForBatch),
                section.literal("at", defaults.at(), TimeOfDay::parse),
                section.literal("timeout", defaults.timeout(), JobsParser::timeout),
                section.literal("flex", defaults.isFlexible(), SettingValues::trueOrFalse));
        if (audit.isFlexible() && !FLEXIBLE.contains(audit.workers().type())) {
            section.problem("flex", "is offered for workers of G.1X and G.2X alone; use one of them, or remove it");
        }
        return audit;
    }

    private static Workers workers(Section section, Workers defaults, Function<String, WorkerType> type) {
        return new Workers(
                (int) section.wholeNumber("workers", defaults.number(), 2, 299),
                section.text("worker_type", defaults.type(), type));
    }

    private static Duration restart(String text) {
        Duration every = SettingValues.wholeUnits(text, Duration.ofMinutes(1), "minutes");
        if (every.compareTo(MAX_RESTART) > 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is longer than 12h, for which no stream should stand still");
        }
        return every;
    }

    private static Duration timeout(String text) {
        Duration timeout = SettingValues.wholeUnits(text, Duration.ofMinutes(1), "minutes");
        if (timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is longer than the 7d that Glue lets a run last");
        }
        return timeout;
    }
}
