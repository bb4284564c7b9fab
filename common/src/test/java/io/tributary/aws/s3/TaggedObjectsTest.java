package io.tributary.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.aws.s3.FakeS3.Fault;
import io.tributary.aws.s3.FakeS3.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaggedObjectsTest {

    private static final String KEY = "config/data-centers.yaml";
    private static final Path PATH = new Path("s3://" + FakeS3.BUCKET + "/" + KEY);

    private FakeS3 s3;
    private TaggedObjects objects;

    @BeforeEach
    void startS3() throws IOException {
        s3 = new FakeS3();
        objects = new TaggedObjects(s3.hadoop());
        s3.objects().put(KEY, Stored.of("first"));
    }

    @AfterEach
    void stopS3() {
        s3.close();
    }

    @Test
    void whatWasReadIsReplaced() throws IOException {
        Optional<String> tag = tag();

        assertThat(write("second", tag)).isTrue();
        assertThat(text()).isEqualTo("second");
    }

    @Test
    void whatSomebodyElseHasChangedOrRemovedIsLeftAsItIs() throws IOException {
        Optional<String> tag = tag();

        s3.objects().put(KEY, Stored.of("another's"));
        assertThat(write("second", tag)).isFalse();
        assertThat(text()).isEqualTo("another's");

        s3.objects().remove(KEY);
        assertThat(write("second", tag)).isFalse();
        assertThat(s3.objects()).isEmpty();
    }

    @Test
    void aFirstWriteIsRefusedWhereSomethingIs() throws IOException {
        assertThat(write("second", Optional.empty())).isFalse();
        s3.objects().remove(KEY);
        assertThat(objects.read(PATH)).isEmpty();
        assertThat(write("second", Optional.empty())).isTrue();
    }

    @Test
    void aWriteWhoseAnswerWasLostIsRecognized() throws IOException {
        Optional<String> tag = tag();
        s3.failPuts(Fault.storeAndDrop());

        assertThat(write("second", tag)).isTrue();
        assertThat(text()).isEqualTo("second");
    }

    @Test
    void aRefusalIsNoConflict() throws IOException {
        Optional<String> tag = tag();
        s3.failPuts(Fault.answer(403, "AccessDenied"));

        assertThatThrownBy(() -> write("second", tag))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("s3:PutObject");
        assertThat(text()).isEqualTo("first");
    }

    private Optional<String> tag() throws IOException {
        return objects.read(PATH).map(TaggedObjects.Tagged::tag);
    }

    private String text() {
        return s3.objects().get(KEY).text();
    }

    private boolean write(String text, Optional<String> tag) throws IOException {
        return objects.write(PATH, text.getBytes(StandardCharsets.UTF_8), tag);
    }
}
