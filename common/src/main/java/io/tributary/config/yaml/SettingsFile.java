package io.tributary.config.yaml;

import java.util.function.Function;

/** A YAML file of settings, read key by key, whose problems are all reported together. */
public final class SettingsFile {

    private SettingsFile() {}

    /**
     * Reads the file.
     *
     * @param kind what kind of file it is, as a heading names it
     * @param origin the file or URI that the text comes from, for messages
     * @param read asks for every key that there may be; any other is a problem
     * @throws io.tributary.error.InvalidInputException with all problems of the file
     */
    public static <T> T parse(String yaml, String kind, String origin, Function<Section, T> read) {
        Problems problems = new Problems(kind, origin);
        Section root = new Section("", YamlDocument.read(yaml, problems), problems);
        T settings = read.apply(root);
        root.refuseUnknownKeys();
        problems.throwIfAny();
        return settings;
    }
}
