package io.tributary.cdk;

import io.tributary.config.CatalogType;
import io.tributary.config.DataCenters;
import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The validated files of a stage, so that a mistake in any of them is reported before anything is deployed.
 *
 * @param pipelineFile the pipeline configuration, which is deployed as it is
 */
record StageFiles(StageSettings settings, PipelineConfig pipeline, Path pipelineFile) {

    private static final String SETTINGS = "stage.yaml";
    private static final String PIPELINE = "pipeline.yaml";

    /** @throws InvalidInputException with all problems of the first file that has any */
    static StageFiles read(Path stages, String stage) {
        if (!StageSettingsParser.isName(stage)) {
            throw new InvalidInputException("\"" + stage
                    + "\" is no stage's name; write the name of a folder of cdk/stages alone, such as dev.");
        }
        Path folder = stages.resolve(stage);
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException("There is no stage " + stage + ": the folder " + folder
                    + " is missing. Copy that of another stage, or name one that is there.");
        }
        Path pipeline = folder.resolve(PIPELINE);
        StageSettings settings = settings(folder);
        PipelineConfig config = pipeline(folder);
        requireNoPlace(config, pipeline);
        requireCatalog(config, settings, pipeline);
        return new StageFiles(settings, config, pipeline);
    }

    /**
     * Checks before a deployment: that no other stage has the same database, and that the settings allow what the data
     * centers need.
     *
     * @param inForce the data-centers file that counts; absent: the stage's own, since none was deployed yet
     * @throws InvalidInputException if the stage could not be deployed, or a data center not be read with it
     */
    void requireDeployable(Optional<Path> inForce) {
        requireOwnDatabase();
        Path file = inForce.orElseGet(() -> pipelineFile.resolveSibling("data-centers.yaml"));
        requireOpen(DataCenters.parse(text(file), file.toString()), file);
    }

    private static void requireNoPlace(PipelineConfig config, Path file) {
        if (config.tables().location().isPresent()) {
            throw new InvalidInputException("The pipeline configuration " + file + " says where the lake lies"
                    + " (tables.location), and a stage has a bucket of its own for it. Remove the key.");
        }
    }

    /** Each stage creates its database, so of two stages with the same one the second could not be deployed. */
    private void requireOwnDatabase() {
        Database own = Database.of(settings, pipeline);
        if (own.name().equals("default")) {
            throw new InvalidInputException("The pipeline configuration " + pipelineFile
                    + " names the database default, which every account has. Give tables.database a name of its own, such as"
                    + " tributary_" + settings.stage() + ".");
        }
        for (Path other : others()) {
            if (database(other).equals(Optional.of(own))) {
                throw new InvalidInputException(
                        "The stages of " + pipelineFile + " and " + other.resolve(PIPELINE)
                                + ", of one account and region, both name the database " + own.name()
                                + " (tables.database), and only one can make it. Give the one that is not deployed yet another name.");
            }
        }
    }

    /** A database of Glue's catalog. */
    private record Database(String account, String region, String name) {
        static Database of(StageSettings settings, PipelineConfig config) {
            return new Database(
                    settings.account(), settings.region(), config.tables().database());
        }
    }

    /** The database of another stage; empty if its files have problems, which its own synthesis reports. */
    private static Optional<Database> database(Path folder) {
        try {
            return Optional.of(Database.of(settings(folder), pipeline(folder)));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    /** The folders of the other stages. */
    private List<Path> others() {
        Path own = pipelineFile.getParent();
        try (Stream<Path> folders = Files.list(own.getParent())) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> !folder.getFileName().equals(own.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidInputException("The folder of the stages, that of " + own + ", cannot be listed.", e);
        }
    }

    private static StageSettings settings(Path folder) {
        Path file = folder.resolve(SETTINGS);
        return StageSettingsParser.parse(folder.getFileName().toString(), text(file), file.toString());
    }

    private static PipelineConfig pipeline(Path folder) {
        Path file = folder.resolve(PIPELINE);
        return PipelineConfig.parse(text(file), file.toString());
    }

    private void requireOpen(DataCenters dataCenters, Path file) {
        List<String> problems = DataCenterChecks.of(dataCenters, settings);
        if (!problems.isEmpty()) {
            throw new InvalidInputException("The data-centers file " + file
                    + " asks for what the stage does not open:\n  " + String.join("\n  ", problems));
        }
    }

    private static void requireCatalog(PipelineConfig config, StageSettings settings, Path file) {
        Optional<String> other = config.catalog().id().filter(id -> !id.equals(settings.account()));
        if (other.isPresent()) {
            throw new InvalidInputException("The pipeline configuration " + file + " registers the tables in account "
                    + other.get() + " (catalog.id), and database, permissions and Athena of the stage are in its own, "
                    + settings.account() + ". Remove the key.");
        }
        if (config.catalog().type() != CatalogType.GLUE) {
            throw new InvalidInputException(
                    "The pipeline configuration " + file + " registers no tables (catalog.type is"
                            + " none), so Athena would find nothing to ask. Write catalog: {type: glue}.");
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new InvalidInputException("The file " + file + " is not UTF-8. Save it as that.", e);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The file " + file + " cannot be read. A stage has stage.yaml, pipeline.yaml"
                            + " and data-centers.yaml; copy what is missing from another stage.",
                    e);
        }
    }
}
