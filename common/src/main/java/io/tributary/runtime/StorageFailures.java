package io.tributary.runtime;

import io.tributary.aws.s3.S3Failures;
import io.tributary.error.OperatorActionException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.security.AccessControlException;

/**
 * Tells failures of storage from defects: a disk that is full or mounted read-only, a place that may not be written. An
 * operator mends them, whatever the class of the exception in which they come out.
 *
 * <p>Spark hands the failures of tasks on as text, and Hadoop throws some of a disk's as an {@code Error}, so the words of
 * the operating system count as well as the classes.
 */
public final class StorageFailures {

    /** So far down a chain of causes that may lead back to itself. */
    private static final int MAX_CAUSES = 100;

    private enum Kind {
        FULL(
                "The storage is full",
                "Make room, or give more, where the lake, the checkpoint and Spark's local folders (spark.local.dir,"
                        + " java.io.tmpdir) lie",
                List.of(),
                List.of("No space left on device", "Disk quota exceeded", "File too large")),
        READ_ONLY(
                "The storage is read-only",
                "Mount it writable, or name another place",
                List.of(ReadOnlyFileSystemException.class),
                List.of("Read-only file system")),
        DENIED(
                "The storage refuses access",
                "Give this job the right to read and write there",
                List.of(AccessDeniedException.class, AccessControlException.class),
                List.of("Permission denied", "Operation not permitted")),
        UNREACHABLE(
                "S3 cannot be reached, or refuses",
                "Check that the endpoint is reachable and that this job has credentials and permissions",
                List.of(S3Failures.SDK_EXCEPTION),
                List.of("software.amazon.awssdk.", "org.apache.hadoop.fs.s3a.AWS")) {
            @Override
            Optional<String> shownBy(Throwable failure) {
                return isMissingFile(failure) ? Optional.empty() : super.shownBy(failure);
            }
        };

        private final String problem;
        private final String remedy;
        private final List<Class<? extends Throwable>> classes;
        private final List<String> phrases;

        Kind(String problem, String remedy, List<Class<? extends Throwable>> classes, List<String> phrases) {
            this.problem = problem;
            this.remedy = remedy;
            this.classes = classes;
            this.phrases = phrases;
        }

        /** The line of a failure's message that shows this kind. */
        Optional<String> shownBy(Throwable failure) {
            String message = String.valueOf(failure.getMessage());
            if (classes.stream().anyMatch(known -> known.isInstance(failure))) {
                return message.lines().findFirst();
            }
            return message.lines()
                    .filter(line -> phrases.stream().anyMatch(line::contains))
                    .findFirst();
        }
    }

    private StorageFailures() {}

    /** What says that it is not there was answered well: a file was removed, and storage has no part in it. */
    private static boolean isMissingFile(Throwable failure) {
        String said = failure.toString();
        return said.contains("NoSuchKey")
                || said.contains("FileNotFoundException")
                || said.contains("Status Code: 404");
    }

    /** What an operator is told of a failure, if storage is behind it. */
    public static Optional<OperatorActionException> explain(Throwable failure) {
        return causes(failure)
                .flatMap(cause -> Arrays.stream(Kind.values())
                        .flatMap(kind -> kind.shownBy(cause).map(line -> describe(kind, line)).stream()))
                .findFirst()
                .map(words -> new OperatorActionException(words, failure));
    }

    private static String describe(Kind kind, String line) {
        return kind.problem + ": " + line.strip() + ". " + kind.remedy
                + ". What is committed stays; the next start goes on from it.";
    }

    /** A failure and what caused it, outermost first. */
    static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_CAUSES);
    }
}
