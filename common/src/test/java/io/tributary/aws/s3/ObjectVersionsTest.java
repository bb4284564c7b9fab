package io.tributary.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.aws.s3.FakeS3.Fault;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObjectVersionsTest {

    private static final Path OBJECT = new Path("s3://" + FakeS3.BUCKET + "/events/part-0.parquet");

    private FakeS3 s3;
    private ObjectVersions versions;

    @BeforeEach
    void startS3() throws IOException {
        s3 = new FakeS3();
        versions = new ObjectVersions(s3.hadoop());
    }

    @AfterEach
    void stopS3() {
        s3.close();
    }

    @Test
    void anEndpointThatKnowsNoVersionsKeepsNone() throws IOException {
        s3.failGets(Fault.answer(501, "NotImplemented"));
        assertThat(versions.of(OBJECT)).isEmpty();
    }

    @Test
    void anEndpointThatFailsTellsNothing() {
        Fault broken = Fault.answer(500, "InternalError");
        s3.failGets(broken, broken, broken);
        assertThatThrownBy(() -> versions.of(OBJECT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("500");
    }
}
