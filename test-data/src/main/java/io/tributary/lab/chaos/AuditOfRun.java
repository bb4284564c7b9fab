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
    static ChaosReport.Audit of(TestBed rig) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int code = new AuditTool(rig.past(), new PrintStream(text, true, StandardCharsets.UTF_8))
                .exitCode(
                        "--lake",
                        rig.lake().root(),
                        "--config",
                        LakeDirectory.uri(rig.directory().configFile()),
                        "--depth",
                        "data");
        if (code != 0) {
            rig.site().console().show("\n" + text.toString(StandardCharsets.UTF_8));
        }
        return ChaosReport.Audit.of(code);
    }
}
