package io.tributary.cdk;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.tributary.cli.ArgumentReader;
import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.error.TributaryException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.cxapi.CloudAssembly;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * The CDK app: {@code --stage NAME [--project DIR] [--out DIR] [--data-centers FILE] [--print settings]}.
 *
 * <pre>
 *  cdk/stages/NAME/stage.yaml ──► StageSettings ─┐
 *                  pipeline.yaml ──► checked ────┼─► stacks ──► templates ──► checks ──► out
 *  packages, docs/queries ───────────────────────┘
 * </pre>
 *
 * {@code --data-centers} names the data-centers file that counts, once one was deployed, in the place of the stage's own.
 * With {@code --print settings} it makes no templates and prints what scripts ask of a stage, as {@code name=value} lines.
 * Otherwise it needs node on the path and nothing else: no account, no network. Exit code 0: synthesized, and nothing
 * found; 2: a setting must be fixed, or a template does what no template may.
 */
public final class DeployApp {

    private static final Map<String, Object> CONTEXT = Map.of(
            // CDK holds the templates against CloudFormation's own rules.
            "@aws-cdk/core:validateAgainstDefaultRules",
            true,
            // S3 may deliver access logs by the bucket's policy, not by an access control list.
            "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy",
            true);

    private DeployApp() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    private static int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            run(arguments, out);
            return 0;
        } catch (TributaryException e) {
            err.println(e.getMessage());
            return e.exitCode();
        }
    }

    private static void run(String[] arguments, PrintStream out) {
        ArgumentReader reader = new ArgumentReader(arguments);
        String stage = reader.required("stage", "the folder below cdk/stages that says what to deploy");
        Path project = Path.of(reader.optional("project").orElse(""));
        String to = reader.optional("out").orElse(null);
        Optional<Path> dataCenters = reader.optional("data-centers", Path::of);
        boolean isAsked = reader.optional("print", DeployApp::requireSettings).isPresent();
        reader.finish();
        StageFiles files = StageFiles.read(project.resolve("cdk/stages"), stage);
        if (isAsked) {
            print(files, out);
            return;
        }
        files.requireDeployable(dataCenters);
        DeploymentArtifacts packages =
                DeploymentArtifacts.of(project, files.settings().glueVersion());
        CloudAssembly assembly = synthesize(files, packages, to);
        refuse(stage, TemplateChecks.of(assembly, files));
        out.println("stage " + stage + ": " + assembly.getStacks().size() + " stacks, nothing found; "
                + assembly.getDirectory());
    }

    private static String requireSettings(String what) {
        if (!what.equals("settings")) {
            throw new IllegalArgumentException("is not known; write --print settings");
        }
        return what;
    }

    private static void print(StageFiles files, PrintStream out) {
        out.println("account=" + files.settings().account());
        out.println("region=" + files.settings().region());
        out.println("glue_version=" + files.settings().glueVersion().number());
        out.println("keep_data=" + files.settings().keepData());
        ResourceNames names = ResourceNames.of(files.settings());
        out.println("lake=" + names.lake());
        out.println("data_centers=" + names.dataCenters());
        out.println("secrets=" + files.settings().secrets());
        out.println("kafka_tls=" + files.settings().kafkaTls());
    }

    private static void refuse(String stage, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidInputException("The templates of stage " + stage + " do what no template may:\n  "
                    + String.join("\n  ", problems));
        }
    }

    /** @param to folder for the templates; null: the one that the CDK command names, or cdk.out */
    static CloudAssembly synthesize(StageFiles files, DeploymentArtifacts packages, String to) {
        App app = checkedApp(to);
        add(app, files, packages);
        return synthesize(app, files.settings().stage());
    }

    /** @throws InvalidInputException if a template breaks CloudFormation's rules */
    static CloudAssembly synthesize(App app, String stage) {
        try {
            return app.synth();
        } catch (RuntimeException e) {
            // CDK ends with what its kernel did where CloudFormation's rules are broken; the report says which.
            refuse(stage, TemplateChecks.violations(Path.of(app.getOutdir())));
            throw e;
        }
    }

    /** An app without stacks yet, whose synthesis holds the templates against CloudFormation's rules and cdk-nag's. */
    static App checkedApp(String to) {
        App app = new App(AppProps.builder()
                .outdir(to)
                .context(CONTEXT)
                .analyticsReporting(false)
                .build());
        Aspects.of(app).add(AwsSolutionsChecks.Builder.create().reports(false).build());
        return app;
    }

    private static void add(App app, StageFiles files, DeploymentArtifacts packages) {
        StageSettings settings = files.settings();
        PipelineConfig pipeline = files.pipeline();
        String database = pipeline.tables().database();
        StorageStack storage = new StorageStack(app, settings);
        NetworkStack network = new NetworkStack(app, settings);
        CatalogStack catalog = new CatalogStack(app, settings, database);
        List<PolicyStatement> trialKafka =
                settings.trialKafka().isEmpty() ? List.of() : new TrialKafkaStack(app, settings, network).reader();
        JobsStack jobs = new JobsStack(app, files, packages, storage.dataKey(), network, trialKafka);
        jobs.addStackDependency(storage);
        jobs.addStackDependency(network);
        jobs.addStackDependency(catalog);
        List<NamedQuery> queries = NamedQuery.of(packages.queries(), pipeline);
        AthenaStack athena = new AthenaStack(app, settings, database, queries, storage.dataKey(), storage.resultsKey());
        athena.addStackDependency(catalog);
        athena.addStackDependency(storage);
        new MonitoringStack(app, settings, storage.dataKey()).addStackDependency(jobs);
    }
}
