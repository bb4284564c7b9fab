package io.tributary.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.CatalogType;
import io.tributary.runtime.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageFilesTest {

    private static final Path OWN = Path.of("stages", "dev");

    @TempDir
    Path stages;

    private Path pipeline;

    @BeforeEach
    void copyAStage() throws IOException {
        Path stage = Files.createDirectories(stages.resolve("mine"));
        for (String file : List.of("stage.yaml", "pipeline.yaml", "data-centers.yaml")) {
            Files.copy(OWN.resolve(file), stage.resolve(file));
        }
        pipeline = stage.resolve("pipeline.yaml");
    }

    @Test
    void aStageIsReadFromItsThreeFiles() {
        StageFiles files = StageFiles.read(stages, "mine");

        assertThat(files.settings().stage()).isEqualTo("mine");
        assertThat(files.pipeline().catalog().type()).isEqualTo(CatalogType.GLUE);
    }

    @Test
    void aStageThatRegistersNoTablesIsRefused() throws IOException {
        Files.writeString(pipeline, "{}");

        assertThatThrownBy(() -> StageFiles.read(stages, "mine"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(pipeline.toString())
                .hasMessageContaining("registers no tables (catalog.type is none)")
                .hasMessageContaining("Write catalog: {type: glue}.");
    }

    @Test
    void aStageThatRegistersItsTablesInAnotherAccountIsRefused() throws IOException {
        Files.writeString(pipeline, "{catalog: {type: glue, id: '999999999999'}}");

        assertThatThrownBy(() -> StageFiles.read(stages, "mine"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("registers the tables in account 999999999999 (catalog.id)")
                .hasMessageContaining("Remove the key.");
    }

    @Test
    void aFileThatIsNotUtf8IsSaidToBe() throws IOException {
        Files.write(pipeline, new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(() -> StageFiles.read(stages, "mine"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The file " + pipeline + " is not UTF-8. Save it as that.");
    }

    @Test
    void aStageThatPutsItsLakeElsewhereIsRefused() throws IOException {
        Files.writeString(pipeline, "{catalog: {type: glue}, tables: {location: 's3://other/lake'}}");

        assertThatThrownBy(() -> StageFiles.read(stages, "mine"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("tables.location")
                .hasMessageContaining("Remove the key.");
    }

    @Test
    void aFileThatIsMissingIsNamed() throws IOException {
        Files.delete(pipeline);

        assertThatThrownBy(() -> StageFiles.read(stages, "mine"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(pipeline.toString())
                .hasMessageContaining("copy what is missing from another stage");
    }
}
