package io.tributary.audit;

import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.error.OperatorActionException;
import io.tributary.lake.status.AuditStatus;
import io.tributary.metrics.DataPoint;
import io.tributary.metrics.Metric;
import io.tributary.metrics.Metrics;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.HadoopSettings;
import io.tributary.runtime.JobExit;
import io.tributary.runtime.JobRuntime;
import io.tributary.schema.Lake;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit: {@code [--lake URI] [--config FILE] [--deep] [--json FILE]}.
 *
 * <pre>
 *  logs of staging, quarantine, merged ──► Audit ┐
 *                                                ├─► report, exit code
 *  --deep: the tables and the view ──► DataAudit ┘
 * </pre>
 *
 * It reads, and leaves beside the tables only when it ran and how many findings there are. Jobs may go on meanwhile. Exit code 0: balanced; 3: something is not; 2: arguments, or no lake.
 */
public final class AuditTool {

    private static final Logger LOG = LoggerFactory.getLogger(AuditTool.class);
    private static final int SHUFFLE_PARTITIONS = 8;

    private final Configuration hadoop;
    private final PrintStream out;
    private final Clock clock = Clock.systemUTC();

    /** @param hadoop settings that reach the lake */
    public AuditTool(Configuration hadoop, PrintStream out) {
        this.hadoop = hadoop;
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        JobExit.end(
                "audit",
                () -> new AuditTool(HadoopSettings.ofProcess(), out).run(AuditArguments.parse(arguments)),
                System::exit);
    }

    /** Runs the audit, says what ended it, and gives the exit code. */
    public int exitCode(String... arguments) {
        return JobExit.of("audit", () -> run(AuditArguments.parse(arguments)));
    }

    private void run(AuditArguments arguments) {
        HadoopFiles files = new HadoopFiles(hadoop);
        PipelineConfig config = PipelineConfig.of(arguments.config(), files::read);
        Lake lake = Lake.of(arguments.lake(), config);
        AuditReport report = report(lake, config, arguments);
        out.print(ReportText.of(lake.root(), report));
        arguments.json().ifPresent(file -> write(file, ReportJson.of(lake.root(), arguments.depth(), report)));
        long findings = report.findings().size() + report.findingsBeyond();
        leaveTrace(files, lake, new AuditStatus(clock.instant(), arguments.depth() != AuditLevel.LOGS, findings));
        try (Metrics metrics = arguments.metrics().open()) {
            metrics.publish(
                    clock.instant(),
                    List.of(
                            DataPoint.ofLake(Metric.AUDIT_FINDINGS, findings),
                            DataPoint.ofLake(
                                    Metric.OFFSETS_SKIPPED,
                                    UnreadOffsets.offsets(report.unread().skipped())),
                            DataPoint.ofLake(
                                    Metric.OFFSETS_PENDING,
                                    UnreadOffsets.offsets(report.unread().pending()))));
        }
        if (!report.isBalanced()) {
            throw new OperatorActionException("The lake " + lake.root() + " does not balance: "
                    + findings
                    + " findings. The report says where, and what to do about each.");
        }
    }

    /** For {@code tributary status}. Whoever audits may have no right to write there, which changes nothing. */
    private static void leaveTrace(HadoopFiles files, Lake lake, AuditStatus status) {
        try {
            files.write(lake.auditStatus(), status.toText());
        } catch (OperatorActionException e) {
            LOG.info("audit: tributary status does not learn of this run: {}", e.getMessage());
        }
    }

    private AuditReport report(Lake lake, PipelineConfig config, AuditArguments arguments) {
        try (LakeLogs logs = new LakeLogs(lake, hadoop)) {
            AuditReport report = logs.audit();
            if (arguments.depth() == AuditLevel.LOGS) {
                return report;
            }
            try (JobRuntime runtime = arguments.runtime().open("tributary-audit", SHUFFLE_PARTITIONS)) {
                DataAudit data = new DataAudit(runtime.spark(), lake, config.dedup());
                return report.plus(data.compare(logs, report))
                        .plus(new RollupAudit(runtime.spark(), lake, config).compare());
            }
        }
    }

    private static void write(String file, String json) {
        try {
            Files.writeString(Path.of(file), json);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The report " + file + " cannot be written: " + e.getMessage() + ". Name a file with --json that"
                            + " can be.",
                    e);
        }
    }
}
