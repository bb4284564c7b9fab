package io.tributary.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org/apache/spark/sql/SparkSession.class",
                "io/delta/tables/DeltaTable.class",
                "org/apache/hadoop/fs/Path.class",
                "scala/Option.class",
                "com/amazonaws/services/glue/GlueContext.class",
                "com/fasterxml/jackson/databind/ObjectMapper.class",
                "software/amazon/awssdk/services/s3/S3Client.class",
                "org/snakeyaml/engine/v2/api/Load.class",
                "META-INF/services/org.apache.spark.sql.sources.DataSourceRegister",
                "META-INF/versions/9/module-info.class"
            })
    void whatGlueHasIsRefused(String name) {
        assertThat(PackageRules.problems(Map.of(name, new byte[0])))
                .containsExactly(name + " is Glue's, or would clash with what Glue has");
    }

    @Test
    void aNameThatTheRelocationMissedIsRefused() {
        assertThat(PackageRules.problems(Map.of(
                        "io/tributary/s3/S3Clients.class", bytes("\0Lsoftware/amazon/awssdk/services/s3/S3Client;"))))
                .containsExactly(
                        "io/tributary/s3/S3Clients.class asks for software/amazon/awssdk/…, which is relocated");
    }

    @Test
    void aServiceThatIsNotThereIsRefused() {
        String service = "META-INF/services/io.tributary.shaded.awssdk.http.SdkHttpService";
        assertThat(PackageRules.problems(Map.of(service, bytes("# comment\nio.tributary.shaded.Missing\n"))))
                .containsExactly(service + " names io.tributary.shaded.Missing, which is not there");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
