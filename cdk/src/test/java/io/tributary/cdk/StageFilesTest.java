package io.tributary.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.CatalogType;
import io.tributary.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageFilesTest {

    private static final String LOGIN = "security.protocol: SASL_SSL, sasl.mechanism: PLAIN, sasl.jaas.config: ";
    private static final String MSK_LOGIN = "security.protocol: SASL_SSL, sasl.mechanism: AWS_MSK_IAM,"
            + " sasl.jaas.config: software.amazon.msk.auth.iam.IAMLoginModule required;,"
            + " sasl.client.callback.handler.class: software.amazon.msk.auth.iam.IAMClientCallbackHandler";

    private static final Path OWN = Path.of("stages", "dev");

    @TempDir
    Path stages;

    private Path pipeline;

    @BeforeEach
    void copyAStage() throws IOException {
        pipeline = copyAStage("mine").resolve("pipeline.yaml");
    }

    private Path copyAStage(String name) throws IOException {
        Path stage = Files.createDirectories(stages.resolve(name));
        for (String file : List.of("stage.yaml", "pipeline.yaml", "data-centers.yaml")) {
            Files.copy(OWN.resolve(file), stage.resolve(file));
        }
        return stage;
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
    void twoStagesOfOneAccountAndRegionHaveADatabaseEach() throws IOException {
        copyAStage("other");

        assertThatThrownBy(() -> deployable())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The stages of " + pipeline + " and " + stages.resolve("other/pipeline.yaml")
                        + ", of one account and region, both name the database tributary_dev (tables.database), and only"
                        + " one can make it. Give the one that is not deployed yet another name.");
        // Whoever removes the stage is not held up by it.
        assertThat(StageFiles.read(stages, "mine").settings().stage()).isEqualTo("mine");

        change("other", "stage.yaml", "account: \"111122223333\"", "account: \"111122224444\"");
        assertThat(deployable().settings().stage()).isEqualTo("mine");
    }

    @Test
    void whatIsWrongWithAnotherStageIsItsOwn() throws IOException {
        copyAStage("other");
        change("other", "stage.yaml", "secrets", "sekrets");

        assertThat(deployable().settings().stage()).isEqualTo("mine");
    }

    @Test
    void theDatabaseOfEveryAccountIsRefused() throws IOException {
        change("mine", "pipeline.yaml", "tributary_dev", "default");

        assertThatThrownBy(() -> deployable())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("names the database default, which every account has. Give")
                .hasMessageContaining("such as tributary_mine.");
    }

    @Test
    void aFileThatIsNotUtf8IsSaidToBe() throws IOException {
        Files.write(pipeline, new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(() -> deployable())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The file " + pipeline + " is not UTF-8. Save it as that.");
    }

    @Test
    void aStageThatPutsItsLakeElsewhereIsRefused() throws IOException {
        Files.writeString(pipeline, "{catalog: {type: glue}, tables: {location: 's3://other/lake'}}");

        assertThatThrownBy(() -> deployable())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("tables.location")
                .hasMessageContaining("Remove the key.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fra.example.com:9096|ssl.protocol: TLSv1.3|",
                "10.10.255.1:9096|ssl.protocol: TLSv1.3|",
                "exfil.example.com:443|ssl.protocol: TLSv1.3|bootstrap_servers: exfil.example.com:443 cannot be reached, since",
                "fra.example.com:9096|metric.reporters: com.example.R|kafka.metric.reporters: names what would run",
                "fra.example.com:9096|" + LOGIN + "'${secret:fra1#jaas}'|",
                "fra.example.com:9096|" + LOGIN
                        + "'${secret:arn:aws:secretsmanager:eu-central-1:111122223333:secret:fra1#jaas}'|",
                "fra.example.com:9096|" + LOGIN
                        + "'${secret:arn:aws:secretsmanager:eu-central-1:111122223333:secret:fra1-AbCdEf}'|",
                "fra.example.com:9096|" + LOGIN + "'${secret:path/fra1#jaas}'|",
                "fra.example.com:9096|" + LOGIN
                        + "'${secret:path/nyc1#jaas}'|data center fra1 may not use the secret path/nyc1;",
                "fra.example.com:9096|" + LOGIN + "'${secret:path}'|may not use the secret path;",
                "fra.example.com:9092|ssl.protocol: TLSv1.3|bootstrap_servers: fra.example.com:9092 cannot be reached, since"
                        + " network.kafka of the stage opens only [10.10.0.0/16:9096]; add its network and port there",
                "fra.example.com:9096,10.11.0.1:9096|ssl.protocol: TLSv1.3|bootstrap_servers: 10.11.0.1:9096 cannot be reached",
                "'[fd00::1]:9096'|ssl.protocol: TLSv1.3|is an address of IPv6",
                "fra.example.com:9096|" + LOGIN
                        + "'${secret:nyc1#jaas}'|kafka.sasl.jaas.config: data center fra1 may not use the"
                        + " secret nyc1; grant it to fra1 in secrets of the stage",
                "fra.example.com:9096|" + LOGIN + "'${secret:fra1-AbCdEf#jaas}'|may not use the secret fra1-AbCdEf",
                "fra.example.com:9096|" + LOGIN
                        + "'${secret:arn:aws:secretsmanager:eu-west-1:111122223333:secret:fra1}'|"
                        + "may not use the secret arn",
                "fra.example.com:9096|" + LOGIN + "'${env:LOGIN}'|kafka.sasl.jaas.config: ${env:LOGIN} refers to what a"
                        + " worker of Glue does not have",
                "fra.example.com:9096|" + LOGIN + "'${file:/etc/login}'|${file:/etc/login} refers to what",
                "10.10.0.256:9096|ssl.protocol: TLSv1.3|10.10.0.256:9096 is neither a name nor an address of IPv4",
                "fra.example.com:9096|security.protocol: SASL_SSL, sasl.jaas.config: com.sun.security.auth.module.Krb5LoginModule"
                        + " required useKeyTab=true keyTab=/etc/k;|kafka.sasl.jaas.config: names a key table, a file that",
                "fra.example.com:9096|ssl.truststore.location: /etc/ca.jks|kafka.ssl.truststore.location: names a file, and a"
                        + " worker of Glue has none of yours; write ssl.truststore.type: PEM and the text itself",
                "fra.example.com:9096|" + MSK_LOGIN + "|kafka.sasl.mechanism: the stream may log in to no cluster"
                        + " by IAM; add the cluster's ARN to msk_clusters of the stage"
            })
    void theDataCentresAreHeldAgainstWhatTheStageOpens(String servers, String option, String problem)
            throws IOException {
        change(
                "mine",
                "stage.yaml",
                "secrets: {}",
                "secrets: {fra1: ['arn:aws:secretsmanager:eu-central-1:111122223333:secret:fra1-AbCdEf'],"
                        + " nyc1: ['arn:aws:secretsmanager:eu-central-1:111122223333:secret:nyc1-AbCdEf'],"
                        + " '*': ['arn:aws:secretsmanager:eu-central-1:111122223333:secret:path/*']}");
        writeDataCenter(servers, option);

        if (problem == null) {
            assertThat(deployable().settings().stage()).isEqualTo("mine");
        } else {
            assertThatThrownBy(() -> deployable())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("data-centers.yaml asks for what the stage does not open:\n  fra1: ")
                    .hasMessageContaining(problem);
        }
    }

    @Test
    void brokersAreReachedThroughTlsUnlessTheStageSaysOtherwise() throws IOException {
        writeDataCenter("fra.example.com:9096", "security.protocol: PLAINTEXT");

        assertThatThrownBy(() -> deployable())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "fra1: kafka.security.protocol: is PLAINTEXT and so records and logins would travel");
        change("mine", "stage.yaml", "secrets: {}", "kafka_tls: optional");
        assertThat(deployable().settings().stage()).isEqualTo("mine");
    }

    @Test
    void aDataCentreThatIsPausedAsksForNothing() throws IOException {
        writeDataCenter("10.99.0.1:9999", "ssl.protocol: TLSv1.3");
        change("mine", "data-centers.yaml", "name: fra1", "name: fra1, state: paused");

        assertThat(deployable().settings().stage()).isEqualTo("mine");
    }

    @Test
    void onceAFileIsInForceItCountsAndTheStagesOwnDoesNot(@TempDir Path bucket) throws IOException {
        writeDataCenter("fra.example.com:9096", "ssl.protocol: TLSv1.3");
        Path inForce = Files.move(stages.resolve("mine/data-centers.yaml"), bucket.resolve("in-force.yaml"));
        writeDataCenter("fra.example.com:9092", "ssl.protocol: TLSv1.3");
        StageFiles files = StageFiles.read(stages, "mine");

        assertThatCode(() -> files.requireDeployable(Optional.of(inForce))).doesNotThrowAnyException();
        Files.move(stages.resolve("mine/data-centers.yaml"), inForce, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> files.requireDeployable(Optional.of(inForce)))
                .hasMessageContaining("in-force.yaml asks for what the stage does not open");
    }

    @Test
    void aTrialClusterIsKnownByName() throws IOException {
        change("mine", "stage.yaml", "secrets: {}", "trial_kafka: [subnet-0a1b2c3d, subnet-1a1b2c3d]");
        writeDataCenter("10.99.0.1:9098", MSK_LOGIN);

        assertThatThrownBy(this::deployable).hasMessageContaining("10.99.0.1:9098 cannot be reached");
    }

    @Test
    void aTrialClusterIsReachedAndLoggedInTo() throws IOException {
        change("mine", "stage.yaml", "secrets: {}", "trial_kafka: [subnet-0a1b2c3d, subnet-1a1b2c3d]");
        writeDataCenter("boot.kafka-serverless.eu-central-1.amazonaws.com:9098", MSK_LOGIN);

        assertThat(deployable().settings().trialKafka()).hasSize(2);
    }

    @Test
    void aClusterThatIsNamedIsLoggedInTo() throws IOException {
        change(
                "mine",
                "stage.yaml",
                "secrets: {}",
                "msk_clusters: ['arn:aws:kafka:eu-central-1:111122223333:cluster/events/0a1b2c3d-1']");
        writeDataCenter("b-1.events.example.com:9096", MSK_LOGIN);

        assertThat(deployable().settings().mskClusters()).hasSize(1);
    }

    @Test
    void aRegistryIsHeldAgainstWhatTheStageOpensAndGrants() throws IOException {
        String glue = "name: fra1, registry: {type: glue}";
        String other = "name: fra1, registry: {type: confluent, url: 'https://registry.example.com:8081'}";
        writeDataCenter("fra.example.com:9096", "ssl.protocol: TLSv1.3");
        change("mine", "data-centers.yaml", "name: fra1", other);
        assertThatThrownBy(this::deployable)
                .hasMessageContaining("registry.url: https://registry.example.com:8081 cannot be reached");
        change("mine", "data-centers.yaml", other, glue);
        assertThatThrownBy(this::deployable).hasMessageContaining("schema_registries of the stage");

        change(
                "mine",
                "stage.yaml",
                "secrets: {}",
                "schema_registries: ['arn:aws:glue:eu-central-1:111122223333:registry/events']");

        assertThat(deployable().settings().schemaRegistries()).hasSize(1);
    }

    private StageFiles deployable() {
        StageFiles files = StageFiles.read(stages, "mine");
        files.requireDeployable(Optional.empty());
        return files;
    }

    private void change(String stage, String file, String from, String to) throws IOException {
        Path path = stages.resolve(stage).resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replace(from, to));
    }

    private void writeDataCenter(String servers, String option) throws IOException {
        boolean isAboutTransport = option.contains("security.protocol");
        Files.writeString(
                stages.resolve("mine").resolve("data-centers.yaml"),
                "data_centers: [{name: fra1, topics: [events], bootstrap_servers: \"" + servers + "\", kafka: {"
                        + (isAboutTransport ? "" : "security.protocol: SSL, ") + option + "}}]");
    }

    @Test
    void aFileThatIsMissingIsNamed() throws IOException {
        Files.delete(pipeline);

        assertThatThrownBy(() -> deployable())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(pipeline.toString())
                .hasMessageContaining("copy what is missing from another stage");
    }
}
