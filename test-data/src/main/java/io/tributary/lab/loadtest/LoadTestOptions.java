package io.tributary.lab.loadtest;

import io.tributary.lab.profile.Profile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a load test is asked for.
 *
 * @param command with which it can be repeated
 * @param lake where everything of the run lies; empty for the project's own
 * @param report where the report for people is to be written
 * @param json where the result for programs is to be written
 */
public record LoadTestOptions(
        Profile profile, long seed, String command, Optional<Path> lake, Optional<Path> report, Optional<Path> json) {}
