package io.tributary.lab.chaos;

import io.tributary.audit.AuditTool;
import io.tributary.lab.run.LakeDirectory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The audit at the end of a run, past all faults. */
final class AuditOfRun {

    private AuditOfRun() {}

    /** Audits the data of a rig's lake; what is not balanced is shown. */
    static ChaosReport.Audit of(TestBed testBed) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int code = new AuditTool(testBed.past(), new PrintStream(text, true, StandardCharsets.UTF_8))
                .exitCode(
                        "--lake",
                        testBed.pipeline().lake().root(),
                        "--config",
                        LakeDirectory.uri(testBed.pipeline().directory().configFile()),
                        "--deep");
        if (code != 0) {
            testBed.targets().console().show("\n" + text.toString(StandardCharsets.UTF_8));
        }
        return ChaosReport.Audit.of(code);
    }
}
