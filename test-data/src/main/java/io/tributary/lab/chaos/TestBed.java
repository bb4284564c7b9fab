package io.tributary.lab.chaos;

import io.tributary.config.PipelineConfig;
import io.tributary.lab.process.ProjectRoot;
import io.tributary.lab.run.Children;
import io.tributary.lab.run.Console;
import io.tributary.lab.run.Jobs;
import io.tributary.lab.run.LakeDirectory;
import io.tributary.lab.run.LakePlace;
import io.tributary.lab.run.PipelineUnderTest;
import io.tributary.lab.run.Settings;
import io.tributary.lab.run.StartUp;
import io.tributary.lab.s3.S3Lab;
import io.tributary.lab.s3.S3LabSpec;
import io.tributary.lake.view.LakeSql;
import io.tributary.runtime.HadoopFiles;
import io.tributary.runtime.HadoopSettings;
import io.tributary.runtime.JobRuntime;
import io.tributary.runtime.LocalRuntime;
import io.tributary.schema.Lake;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Everything that a run with faults needs, brought up: S3 with a front before it, a process for each data center's
 * Kafka, both jobs, and a Spark to ask the view with.
 *
 * @param pipeline whose SQL asks through the front, as every reader would
 * @param past settings that reach the lake past the front, for whoever is to see what is there
 */
record TestBed(JobRuntime runtime, PipelineUnderTest pipeline, FaultTargets targets, Configuration past)
        implements AutoCloseable {

    private static final int SHUFFLE_PARTITIONS = 2;

    /**
     * @param pipeline the configuration; empty for the lab's own
     * @param dataCenters those that take part from the beginning
     */
    static TestBed start(
            Optional<Path> pipeline,
            List<String> dataCenters,
            long seed,
            ProjectRoot root,
            LakeDirectory directory,
            Children children,
            Console console) {
        PipelineConfig config = Settings.writePipeline(pipeline, directory.configFile());
        S3Lab s3 = S3Lab.start(root, S3LabSpec.of(directory.s3()).withFront(seed));
        children.addServer(s3.process());
        LakePlace place = LakePlace.on(s3);
        console.say("S3 serves " + place.uri() + ", everything else is in " + directory.lab());
        ClusterProcesses clusters = new ClusterProcesses(root, directory.kafka(), children);
        clusters.startAll(dataCenters);
        DataCentersFile members = new DataCentersFile(clusters, directory.dataCentersFile());
        members.add(dataCenters);
        console.say("Kafka of " + String.join(", ", dataCenters) + " is up, the jobs are starting");
        Drivers drivers = new Drivers(new Jobs(root, directory, place), directory, children, console);
        drivers.start();
        // Spark and Hadoop in this process find the endpoint as those of the jobs do.
        place.endpoint().orElseThrow().properties().forEach(System::setProperty);
        JobRuntime runtime = LocalRuntime.open("tributary-chaos", SHUFFLE_PARTITIONS);
        Lake lake = Lake.of(Optional.of(place.uri()), config);
        new StartUp(root, directory, children).awaitJobs(lake, new HadoopFiles(HadoopSettings.ofProcess()));
        return new TestBed(
                runtime,
                new PipelineUnderTest(directory, config, lake, new LakeSql(runtime.spark(), lake)),
                new FaultTargets(s3.front(), drivers, clusters, members, children, console),
                HadoopSettings.at(s3.endpointBehindTheFront()));
    }

    @Override
    public void close() {
        runtime.close();
    }
}
