package io.tributary.cdk;

import io.tributary.config.CatalogType;
import io.tributary.config.DataCenters;
import io.tributary.config.PipelineConfig;
import io.tributary.runtime.InvalidInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a stage, read and found to be good: a mistake in any of its files shows before anything is deployed.
 *
 * @param pipelineFile the pipeline configuration, which is deployed as it is
 */
record StageFiles(StageSettings settings, PipelineConfig pipeline, Path pipelineFile) {

    private static final String PIPELINE = "pipeline.yaml";

    /** @throws InvalidInputException with all problems of the first file that has any */
    static StageFiles read(Path stages, String stage) {
        Path folder = stages.resolve(stage);
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException("There is no stage " + stage + ": the folder " + folder
                    + " is missing. Copy that of another stage, or name one that is there.");
        }
        Path pipeline = folder.resolve(PIPELINE);
        Path dataCenters = folder.resolve("data-centers.yaml");
        StageSettings parsed = settings(folder);
        PipelineConfig config = pipeline(folder);
        requireNoPlace(config, pipeline);
        requireCatalogue(config, parsed, pipeline);
        requireOwnDatabase(stages, parsed, config);
        requireOpen(DataCenters.parse(text(dataCenters), dataCenters.toString()), parsed, dataCenters);
        return new StageFiles(parsed, config, pipeline);
    }

    private static void requireNoPlace(PipelineConfig config, Path file) {
        if (config.tables().location().isPresent()) {
            throw new InvalidInputException("The pipeline configuration " + file + " says where the lake lies"
                    + " (tables.location), and a stage has a bucket of its own for it. Remove the key.");
        }
    }

    /** A database is made by one stage; of two that name it, the second could not be deployed. */
    private static void requireOwnDatabase(Path stages, StageSettings settings, PipelineConfig config) {
        Database own = Database.of(settings, config);
        String remedy = " Give tables.database of a pipeline.yaml a name of its own, such as tributary_"
                + settings.stage() + ".";
        if (own.name().equals("default")) {
            throw new InvalidInputException(
                    "The stage " + settings.stage() + " names the database default, which every account has." + remedy);
        }
        for (String other : othersThan(settings.stage(), stages)) {
            if (database(stages.resolve(other)).equals(Optional.of(own))) {
                throw new InvalidInputException("The stages " + settings.stage() + " and " + other
                        + " of one account and region both name the database " + own.name() + "." + remedy);
            }
        }
    }

    /** A database of Glue's catalogue. */
    private record Database(String account, String region, String name) {
        static Database of(StageSettings settings, PipelineConfig config) {
            return new Database(
                    settings.account(), settings.region(), config.tables().database());
        }
    }

    /** The database of another stage; empty if its files are not good, which is for its own synthesis to say. */
    private static Optional<Database> database(Path folder) {
        try {
            return Optional.of(Database.of(settings(folder), pipeline(folder)));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    private static List<String> othersThan(String stage, Path stages) {
        try (Stream<Path> folders = Files.list(stages)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.equals(stage))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidInputException("The folder " + stages + " of the stages cannot be listed.", e);
        }
    }

    private static StageSettings settings(Path folder) {
        Path file = folder.resolve("stage.yaml");
        return StageSettingsParser.parse(folder.getFileName().toString(), text(file), file.toString());
    }

    private static PipelineConfig pipeline(Path folder) {
        Path file = folder.resolve(PIPELINE);
        return PipelineConfig.parse(text(file), file.toString());
    }

    private static void requireOpen(DataCenters dataCenters, StageSettings settings, Path file) {
        List<String> problems = DataCenterChecks.of(dataCenters, settings);
        if (!problems.isEmpty()) {
            throw new InvalidInputException("The data-centres file " + file
                    + " asks for what the stage does not open:\n  " + String.join("\n  ", problems));
        }
    }

    private static void requireCatalogue(PipelineConfig config, StageSettings settings, Path file) {
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
