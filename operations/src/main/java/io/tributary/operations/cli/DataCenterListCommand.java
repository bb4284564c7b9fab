package io.tributary.operations.cli;

import io.tributary.operations.datacenter.DataCenterList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary dc list}. */
@Command(
        name = "list",
        description = "Lists the data centers of the file, with who changed each last, and why.",
        footer = {"%nExample:", "  tributary dc list --data-centers s3://bucket/config/data-centers.yaml"})
final class DataCenterListCommand implements Callable<Integer> {

    private final Environment environment;

    @Mixin
    private DataCentersOptions file;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    DataCenterListCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        DataCenterList list = DataCenterList.of(
                file.file(environment).read(),
                file.history(environment).read(),
                environment.clock().instant());
        environment.out().print(json ? list.json() : list.text());
        return 0;
    }
}
