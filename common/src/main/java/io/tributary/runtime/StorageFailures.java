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
 * Distinguishes failures of storage from defects: a full disk, a read-only file system, a missing permission. An
 * operator must fix them, whichever exception reports them.
 *
 * <p>Spark passes failures of tasks on as text, and Hadoop throws some disk failures as an {@code Error}. So the
 * messages of the operating system are examined as well as the classes.
 */
public final class StorageFailures {

    /** How many causes are examined, since a chain of causes may be circular. */
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

        /** The line of a failure's message that identifies this kind. */
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

    /**
     * Whether a failure says that a file does not exist. The storage answered correctly then, so it is not a storage
     * failure.
     */
    private static boolean isMissingFile(Throwable failure) {
        String said = failure.toString();
        return said.contains("NoSuchKey")
                || said.contains("FileNotFoundException")
                || said.contains("Status Code: 404");
    }

    /** The message for the operator, if storage is the cause of a failure. */
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

    /** A failure and its causes, outermost first. */
    static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_CAUSES);
    }
}
