package io.tributary.lab.profile;

import io.tributary.config.yaml.Quoted;
import io.tributary.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that hold profiles. */
public final class ProfileFile {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");
    private static final String ENDING = ".yaml";

    private ProfileFile() {}

    /**
     * Reads a profile.
     *
     * @param nameOrFile a name in the folder, or a path
     * @param folder where the project's own profiles are
     * @throws InvalidInputException if there is none, or with everything that is wrong with it
     */
    public static Profile read(String nameOrFile, Path folder) {
        Path file = NAME.matcher(nameOrFile).matches() ? folder.resolve(nameOrFile + ENDING) : Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException("--profile: " + Quoted.of(nameOrFile)
                    + " is neither a profile nor a file. The profiles are " + String.join(", ", names(folder))
                    + "; or name a file that ends with " + ENDING);
        }
        try {
            return ProfileParser.parse(Files.readString(file), nameOf(file), file.toString());
        } catch (IOException e) {
            throw new InvalidInputException("The profile " + file + " cannot be read: " + e, e);
        }
    }

    /** The names of the project's own profiles. */
    public static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .map(ProfileFile::nameOf)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidInputException("The profiles below " + folder + " cannot be listed: " + e, e);
        }
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}
