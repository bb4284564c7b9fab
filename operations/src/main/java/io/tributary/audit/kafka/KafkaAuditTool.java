package io.tributary.audit.kafka;

import io.tributary.aws.secrets.SecretsManagerStore;
import io.tributary.cli.ArgumentReader;
import io.tributary.config.DataCenter;
import io.tributary.config.DataCenters;
import io.tributary.config.PipelineConfig;
import io.tributary.config.Secrets;
import io.tributary.error.OperatorActionException;
import io.tributary.ingest.discovery.KafkaCluster;
import io.tributary.ingest.discovery.KafkaErrors;
import io.tributary.lake.commit.BatchMetadata;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.commit.StagingLog;
import io.tributary.offsets.ReadProgress;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.HadoopSettings;
import io.tributary.runtime.JobExit;
import io.tributary.schema.Lake;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * The audit against Kafka: {@code --data-centers URI [--lake URI] [--config FILE]}.
 *
 * <pre>
 *  newest batch commit: positions, pending ranges, identities ──────┐
 *                                                                   ├─► report, exit code
 *  each data center of the file: earliest, latest, identities ──────┘
 * </pre>
 *
 * <p>It only reads. Exit code 0: what the brokers hold fits what the log says was read; 3: it does not, or a data
 * center does not answer; 2: bad arguments.
 */
public final class KafkaAuditTool {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Configuration hadoop;
    private final Secrets secrets;
    private final PrintStream out;

    /** @param hadoop settings for access to the lake */
    public KafkaAuditTool(Configuration hadoop, Secrets secrets, PrintStream out) {
        this.hadoop = hadoop;
        this.secrets = secrets;
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Secrets secrets = Secrets.ofThisProcess(new SecretsManagerStore(Clock.systemUTC()));
        JobExit.end(
                "audit",
                () -> new KafkaAuditTool(HadoopSettings.ofProcess(), secrets, out).run(arguments),
                System::exit);
    }

    /** Runs the audit, logs what ended it, and returns the exit code. */
    public int exitCode(String... arguments) {
        return JobExit.of("audit", () -> run(arguments));
    }

    private void run(String... arguments) {
        ArgumentReader reader = new ArgumentReader(arguments);
        Optional<String> place = reader.optional("lake");
        Optional<String> configFile = reader.optional("config");
        String file = reader.required("data-centers", "the data-centers file, whose clusters are asked");
        reader.finish();
        HadoopFiles files = new HadoopFiles(hadoop);
        PipelineConfig config = PipelineConfig.of(configFile, files::read);
        Lake lake = Lake.of(place, config);
        ReadProgress read = new StagingLog(new CommitLog(lake.staging(), hadoop))
                .newest()
                .map(BatchMetadata::readProgress)
                .orElse(ReadProgress.EMPTY)
                .ofKafka();
        KafkaComparison comparison = KafkaComparison.of(read, ask(DataCenters.parse(files.read(file), file), read));
        out.print(comparison.text());
        if (!comparison.findings().isEmpty()) {
            throw new OperatorActionException("What Kafka holds does not fit what the lake " + lake.root()
                    + " says was read: " + comparison.findings().size()
                    + " findings. The report says where, and what to do about each.");
        }
    }

    private SortedMap<String, KafkaComparison.Answer> ask(DataCenters dataCenters, ReadProgress read) {
        SortedMap<String, KafkaComparison.Answer> answers = new TreeMap<>();
        for (DataCenter center : dataCenters.all()) {
            KafkaCluster cluster = new KafkaCluster(center, secrets, DEADLINE);
            try {
                answers.put(center.name(), new KafkaComparison.Reached(cluster.reach(read)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while asking " + center.name(), e);
            } catch (Exception e) {
                answers.put(center.name(), new KafkaComparison.Silent(KafkaErrors.describe(e)));
            } finally {
                cluster.close();
            }
        }
        return answers;
    }
}
