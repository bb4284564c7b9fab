package io.tributary.packages;

import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.process.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The templates of a stage, made by the CDK app as a deployment makes them. */
record SynthesizedStage(String stage, Path out) {

    private static final Duration WITHIN = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Makes them; without node the test is not run, and says so, unless this is a check in CI. */
    static SynthesizedStage make(String stage, Path dir) {
        if (!hasNode()) {
            String words = "Not checked: the packages with a deployment's arguments, since CDK needs node on the path."
                    + " Install Node.js 22 or newer.";
            if ("true".equals(System.getenv("CI"))) {
                fail(words);
            }
            System.out.println(words);
        }
        assumeThat(hasNode()).as("node is on the path").isTrue();
        ProjectRoot root = ProjectRoot.find();
        Path out = dir.resolve("cdk.out");
        Path project = forTheVersionOfThePackages(root, stage, dir.resolve("project"));
        List<String> command = List.of(
                ChildProcess.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                root.classPath("cdk"),
                "io.tributary.cdk.DeployApp",
                "--stage",
                stage,
                "--project",
                project.toString(),
                "--out",
                out.toString());
        try (ChildProcess synthesis = ChildProcess.startLogged("cdk " + stage, command, dir.resolve("cdk.log"))) {
            if (!synthesis.awaitEnd(WITHIN) || synthesis.exitCode().getAsInt() != 0) {
                throw synthesis.failure("did not synthesize the stage");
            }
        }
        return new SynthesizedStage(stage, out);
    }

    /** The project as the CDK app sees it, with a stage that asks for the packages that this build has made. */
    private static Path forTheVersionOfThePackages(ProjectRoot root, String stage, Path project) {
        String version = GluePackage.of("glue-jobs").glueVersion();
        Path own = root.dir().resolve("cdk/stages").resolve(stage);
        Path copy = project.resolve("cdk/stages").resolve(stage);
        try {
            Files.createDirectories(copy);
            for (String file : List.of("pipeline.yaml", "data-centers.yaml")) {
                Files.copy(own.resolve(file), copy.resolve(file));
            }
            String settings = Files.readString(own.resolve("stage.yaml"));
            Files.writeString(
                    copy.resolve("stage.yaml"),
                    settings.replaceFirst("(?m)^glue_version: .*", "glue_version: \"" + version + "\""));
            Files.copy(root.dir().resolve("cdk/main.scala"), project.resolve("cdk/main.scala"));
            for (String folder : List.of("glue-jobs", "compaction-job", "operations", "docs")) {
                Files.createSymbolicLink(project.resolve(folder), root.dir().resolve(folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return project;
    }

    private static boolean hasNode() {
        return Stream.of(System.getenv("PATH").split(System.getProperty("path.separator")))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }

    /** The default arguments of one of its Glue jobs, by name with the hyphens. */
    SortedMap<String, String> arguments(String job) {
        SortedMap<String, String> arguments = new TreeMap<>();
        for (JsonNode resource : template("jobs").path("Resources")) {
            if (resource.path("Type").asText().equals("AWS::Glue::Job")
                    && resource.at("/Properties/Name").asText().equals("tributary-" + stage + "-" + job)) {
                resource.at("/Properties/DefaultArguments").properties().forEach(entry -> {
                    if (!entry.getValue().isTextual()) {
                        throw new IllegalStateException(entry + " is no plain text, as an argument must be");
                    }
                    arguments.put(entry.getKey(), entry.getValue().asText());
                });
            }
        }
        return arguments;
    }

    /** The file that a deployment puts at a URI of its asset bucket. */
    Path asset(String uri) {
        return out.resolve("asset." + uri.substring(uri.lastIndexOf('/') + 1));
    }

    private JsonNode template(String purpose) {
        try {
            return JSON.readTree(out.resolve("tributary-" + stage + "-" + purpose + ".template.json")
                    .toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
