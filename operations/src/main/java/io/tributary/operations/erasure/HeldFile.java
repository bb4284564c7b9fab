package io.tributary.operations.erasure;

import io.tributary.aws.s3.ObjectVersions.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A file that held rows of an erasure.
 *
 * @param isThere whether readers still find it
 * @param earlier versions that the bucket keeps of it; empty if it is not known
 */
record HeldFile(String uri, boolean isThere, Optional<List<Version>> earlier) {

    int versionsLeft() {
        return earlier.map(List::size).orElse(0);
    }

    String line() {
        String versions = earlier.isEmpty()
                ? ", earlier versions of the object: ?"
                : earlier.get().isEmpty()
                        ? ""
                        : ", but the bucket keeps " + earlier.get().size() + " earlier versions, the newest of "
                                + earlier.get().stream()
                                        .map(Version::at)
                                        .max(Instant::compareTo)
                                        .orElseThrow();
        return (isThere ? "there  " : "gone   ") + uri + versions;
    }
}
