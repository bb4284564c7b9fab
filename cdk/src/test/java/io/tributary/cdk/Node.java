package io.tributary.cdk;

import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The one thing beside Java that CDK needs. */
final class Node {

    private Node() {}

    /** Ends the test with a line that says so, if node is missing; in CI as a failure. */
    static void require(String what) {
        boolean isThere = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
        if (!isThere) {
            String words = "Not checked: " + what + ", since CDK needs node on the path. Install Node.js 22 or newer.";
            if ("true".equals(System.getenv("CI"))) {
                fail(words);
            }
            System.out.println(words);
        }
        assumeThat(isThere).as("node is on the path").isTrue();
    }
}
