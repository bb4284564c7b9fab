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

/**
 * The folder of a stage, read and found to be good: a mistake in any of its files shows before anything is deployed.
 *
 * @param pipelineFile the pipeline configuration, which is deployed as it is
 */
record StageFiles(StageSettings settings, PipelineConfig pipeline, Path pipelineFile) {

    /** @throws InvalidInputException with all problems of the first file that has any */
    static StageFiles read(Path stages, String stage) {
        Path folder = stages.resolve(stage);
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException("There is no stage " + stage + ": the folder " + folder
                    + " is missing. Copy that of another stage, or name one that is there.");
        }
        Path settings = folder.resolve("stage.yaml");
        Path pipeline = folder.resolve("pipeline.yaml");
        Path dataCenters = folder.resolve("data-centers.yaml");
        StageSettings parsed = StageSettingsParser.parse(stage, text(settings), settings.toString());
        PipelineConfig config = PipelineConfig.parse(text(pipeline), pipeline.toString());
        requireNoPlace(config, pipeline);
        requireCatalogue(config, parsed, pipeline);
        requireOpen(DataCenters.parse(text(dataCenters), dataCenters.toString()), parsed, dataCenters);
        return new StageFiles(parsed, config, pipeline);
    }

    private static void requireNoPlace(PipelineConfig config, Path file) {
        if (config.tables().location().isPresent()) {
            throw new InvalidInputException("The pipeline configuration " + file + " says where the lake lies"
                    + " (tables.location), and a stage has a bucket of its own for it. Remove the key.");
        }
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
