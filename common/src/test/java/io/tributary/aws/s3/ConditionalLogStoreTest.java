package io.tributary.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.storage.CloseableIterator;
import io.tributary.aws.s3.FakeS3.Fault;
import io.tributary.aws.s3.FakeS3.Stored;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConditionalLogStoreTest {

    private static final String KEY = "t/_delta_log/00000000000000000007.json";
    private static final Path PATH = new Path("s3://" + FakeS3.BUCKET + "/" + KEY);

    private FakeS3 s3;
    private Configuration hadoop;
    private ConditionalLogStore store;

    @BeforeEach
    void startS3() throws IOException {
        s3 = new FakeS3();
        hadoop = s3.hadoop();
        store = new ConditionalLogStore(hadoop);
    }

    @AfterEach
    void stopS3() {
        s3.close();
    }

    @Test
    void aVersionIsWrittenLineByLineWithAnIdOfItsWriter() throws IOException {
        create("{\"a\":\"ü\"}", "{\"b\":2}");

        assertThat(s3.objects().get(KEY).text()).isEqualTo("{\"a\":\"ü\"}\n{\"b\":2}\n");
        assertThat(s3.objects().get(KEY).writeId()).isPresent();
        assertThat(s3.count("PUT")).isEqualTo(1);
        assertThat(s3.count("HEAD")).isZero();
    }

    @Test
    void aTakenVersionIsRefusedAndLeftAsItIs() throws IOException {
        create("theirs");

        assertThatThrownBy(() -> create("ours"))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(PATH.toString());
        assertThat(s3.objects().get(KEY).text()).isEqualTo("theirs\n");
        assertThat(s3.count("PUT")).isEqualTo(2);
    }

    @Test
    void anObjectOfAnotherStoreIsNotTakenForOurs() {
        s3.objects().put(KEY, Stored.of("theirs"));

        assertThatThrownBy(() -> create("ours")).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void ofManyWritersAtOnceOneWins() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        List<Callable<Boolean>> writes = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            String line = "writer " + i;
            writes.add(() -> {
                try {
                    create(line);
                    return true;
                } catch (FileAlreadyExistsException e) {
                    return false;
                }
            });
        }
        int winners = 0;
        for (Future<Boolean> write : writers.invokeAll(writes)) {
            winners += write.get() ? 1 : 0;
        }
        writers.shutdown();
        assertThat(winners).isEqualTo(1);
    }

    @Test
    void aSuccessWhoseAnswerWasLostIsRecognized() throws IOException {
        s3.failPuts(Fault.storeAndDrop());

        create("ours");

        assertThat(s3.objects().get(KEY).text()).isEqualTo("ours\n");
        assertThat(s3.count("PUT")).isEqualTo(2);
        assertThat(s3.count("HEAD")).isEqualTo(1);
    }

    @Test
    void aSuccessThatWasAnsweredWithAnErrorToTheLastIsRecognized() throws IOException {
        s3.failPuts(
                Fault.storeAndAnswer(500, "InternalError"),
                Fault.answer(500, "InternalError"),
                Fault.answer(503, "SlowDown"));

        create("ours");

        assertThat(s3.objects().get(KEY).text()).isEqualTo("ours\n");
        assertThat(s3.count("PUT")).isEqualTo(3);
    }

    @Test
    void aSuccessThatWasAnsweredTooLateIsRecognized() throws IOException {
        hadoop.set("fs.s3a.connection.request.timeout", "500ms");
        s3.failPuts(Fault.storeAndHang());

        create("ours");

        assertThat(s3.objects().get(KEY).text()).isEqualTo("ours\n");
        assertThat(s3.count("HEAD")).isEqualTo(1);
    }

    @Test
    void aWriteThatLostWhileItsAnswersFailedIsRefused() {
        s3.failPuts(Fault.drop(), Fault.answer(500, "InternalError"), Fault.answer(500, "InternalError"));
        s3.objects().put(KEY, Stored.of("theirs"));

        assertThatThrownBy(() -> create("ours")).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void conflictsAndPassingTroubleAreTriedAgain() throws IOException {
        s3.failPuts(Fault.answer(409, "ConditionalRequestConflict"), Fault.answer(503, "SlowDown"));

        create("ours");

        assertThat(s3.objects().get(KEY).text()).isEqualTo("ours\n");
        assertThat(s3.count("PUT")).isEqualTo(3);
    }

    @Test
    void tryingAgainHasAnEnd() {
        s3.failPuts(
                Fault.answer(409, "ConditionalRequestConflict"),
                Fault.answer(409, "ConditionalRequestConflict"),
                Fault.answer(409, "ConditionalRequestConflict"));

        assertThatThrownBy(() -> create("ours"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining(PATH + ": creating the object failed")
                .hasMessageContaining("409");
        assertThat(s3.count("PUT")).isEqualTo(3);
        assertThat(s3.objects()).isEmpty();
    }

    @Test
    void aMissingPermissionToWriteIsNamed() {
        s3.failPuts(Fault.answer(403, "AccessDenied"));

        assertThatThrownBy(() -> create("ours"))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("creating the object was refused by S3 (403 AccessDenied)")
                .hasMessageContaining("the permission s3:PutObject on arn:aws:s3:::lake/" + KEY)
                .hasMessageContaining("grant it to the job's role");
        assertThat(s3.count("PUT")).isEqualTo(1);
    }

    @Test
    void aMissingPermissionToLookAtTheWinnerIsNamed() {
        s3.objects().put(KEY, Stored.of("theirs"));
        s3.failGets(Fault.answer(403, "AccessDenied"));

        assertThatThrownBy(() -> create("ours"))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("finding out who created the object was refused")
                .hasMessageContaining("s3:GetObject");
    }

    @Test
    void aMissingBucketIsNamed() {
        s3.failPuts(Fault.answer(404, "NoSuchBucket"));

        assertThatThrownBy(() -> create("ours"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("the bucket lake does not exist");
    }

    @Test
    void overwritingAsksForNothing() throws IOException {
        Path hint = new Path("s3a://lake/t/_delta_log/_last_checkpoint");
        store.write(hint, List.of("1").iterator(), true, hadoop);
        store.write(hint, List.of("2").iterator(), true, hadoop);

        assertThat(s3.objects().get("t/_delta_log/_last_checkpoint").text()).isEqualTo("2\n");
    }

    @Test
    void whatWasWrittenIsReadInLines() throws IOException {
        create("{\"a\":\"ü\"}", "{\"b\":2}");
        s3.failGets(Fault.drop(), Fault.answer(500, "InternalError"));

        try (CloseableIterator<String> lines = store.read(PATH, hadoop)) {
            assertThat(lines).toIterable().containsExactly("{\"a\":\"ü\"}", "{\"b\":2}");
        }
    }

    @Test
    void aVersionThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> store.read(PATH, hadoop))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage(PATH + " does not exist");
    }

    @Test
    void aListingBeginsAtThePathAndKeepsItsScheme() throws IOException {
        for (String name : List.of(
                "t/_delta_log/",
                "t/_delta_log/06.json",
                "t/_delta_log/07.crc",
                "t/_delta_log/07.json",
                "t/_delta_log/08.json",
                "t/_delta_log/_commits/08.json",
                "t/_delta_log0/09.json",
                "t/part-0.parquet")) {
            s3.objects().put(name, Stored.of("text"));
        }

        List<FileStatus> listed = list(new Path("s3a://lake/t/_delta_log/07.crc"));

        assertThat(listed)
                .extracting(FileStatus::getPath)
                .containsExactly(
                        new Path("s3a://lake/t/_delta_log/07.crc"),
                        new Path("s3a://lake/t/_delta_log/07.json"),
                        new Path("s3a://lake/t/_delta_log/08.json"));
        assertThat(listed).allSatisfy(file -> {
            assertThat(file.isFile()).isTrue();
            assertThat(file.getLen()).isEqualTo(4);
            assertThat(file.getModificationTime()).isEqualTo(FakeS3.MODIFIED.toEpochMilli());
        });
    }

    @Test
    void aLongLogIsListedFromItsEndInOneRequestAndFromItsBeginningPageByPage() throws IOException {
        for (int version = 0; version < 100_000; version++) {
            s3.objects().put(commit(version), Stored.of(""));
        }

        assertThat(list(new Path("s3://lake/" + commit(99_990)))).hasSize(10);
        assertThat(s3.count("LIST")).isEqualTo(1);

        Iterator<FileStatus> all = store.listFrom(new Path("s3://lake/" + commit(0)), hadoop);
        for (int version = 0; version < 1_500; version++) {
            assertThat(all.next().getPath()).isEqualTo(new Path("s3://lake/" + commit(version)));
        }
        assertThat(s3.count("LIST")).isEqualTo(3);
    }

    @Test
    void aListingOfNothingTellsAnEmptyDirectoryFromNone() throws IOException {
        assertThatThrownBy(() -> list(PATH))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("No such file or directory: s3://lake/t/_delta_log");

        s3.objects().put("t/_delta_log/", Stored.of(""));
        assertThat(list(PATH)).isEmpty();
    }

    @Test
    void aMissingPermissionToListIsNamed() {
        s3.failGets(Fault.answer(403, "AccessDenied"));

        assertThatThrownBy(() -> list(PATH))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("s3:ListBucket on arn:aws:s3:::lake:");
    }

    @Test
    void nothingIsEverPartlyVisibleAndPathsStayAsTheyAre() throws IOException {
        assertThat(store.isPartialWriteVisible(PATH, hadoop)).isFalse();
        assertThat(store.resolvePathOnPhysicalStorage(PATH, hadoop)).isEqualTo(PATH);
    }

    @Test
    void aPathWithoutABucketIsRefused() {
        assertThatThrownBy(() -> store.read(new Path("/t/1.json"), hadoop))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"/t/1.json\" is not an object on S3; it must read s3://bucket/key");
    }

    private void create(String... lines) throws IOException {
        store.write(PATH, List.of(lines).iterator(), false, hadoop);
    }

    private List<FileStatus> list(Path from) throws IOException {
        List<FileStatus> files = new ArrayList<>();
        store.listFrom(from, hadoop).forEachRemaining(files::add);
        return files;
    }

    private static String commit(int version) {
        return String.format(Locale.ROOT, "t/_delta_log/%020d.json", version);
    }
}
