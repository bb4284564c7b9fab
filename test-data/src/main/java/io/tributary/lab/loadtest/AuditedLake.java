package io.tributary.lab.loadtest;

import io.tributary.audit.AuditTool;
import io.tributary.lab.run.Console;
import io.tributary.lab.run.LakeDirectory;
import io.tributary.lab.run.PipelineUnderTest;
import io.tributary.runtime.HadoopSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The audit of a run's lake, of the data too. */
final class AuditedLake {

    private AuditedLake() {}

    /** Whether the audit finds nothing; what it finds is shown. */
    static boolean isBalanced(PipelineUnderTest pipeline, Console console) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int code = new AuditTool(HadoopSettings.ofProcess(), new PrintStream(text, true, StandardCharsets.UTF_8))
                .exitCode(
                        "--lake",
                        pipeline.lake().root(),
                        "--config",
                        LakeDirectory.uri(pipeline.directory().configFile()),
                        "--deep");
        if (code != 0) {
            console.show("\n" + text.toString(StandardCharsets.UTF_8));
        }
        return code == 0;
    }
}
