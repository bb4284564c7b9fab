package io.tributary.config.yaml;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads a YAML file of settings key by key and reports all its problems together. */
public final class SettingsFile {

    private SettingsFile() {}

    /**
     * Reads the file.
     *
     * @param kind what kind of file it is, as a heading names it
     * @param origin the file or URI that the text comes from, for messages
     * @param read asks for every key that there may be, any other is a problem; what it returns makes the settings, and is
     *     called only if there is no problem
     * @throws io.tributary.error.InvalidInputException with all problems of the file
     */
    public static <T> T parse(String yaml, String kind, String origin, Function<Section, Supplier<T>> read) {
        Problems problems = new Problems(kind, origin);
        Section root = new Section(YamlDocument.read(yaml, problems), problems);
        Supplier<T> settings = read.apply(root);
        root.refuseUnknownKeys();
        problems.throwIfAny();
        return settings.get();
    }

    /**
     * The keys that there may be in a file, such as {@code dedup.window} and {@code columns[].name}. The keys inside a list
     * are found only if the file has an item there.
     */
    public static Set<String> keys(String yaml, Consumer<Section> read) {
        return parse(yaml, "file", "of examples", root -> {
            read.accept(root);
            return root::asked;
        });
    }
}
