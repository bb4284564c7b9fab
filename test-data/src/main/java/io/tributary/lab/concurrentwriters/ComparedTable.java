package io.tributary.lab.concurrentwriters;

import com.fasterxml.jackson.databind.JsonNode;
import io.delta.storage.CloseableIterator;
import io.tributary.aws.s3.ConditionalLogStore;
import io.tributary.lake.log.DeltaLogReader;
import io.tributary.runtime.S3Endpoint;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The table's log, made and read without Spark. */
final class ComparedTable {

    private static final String PROTOCOL = "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}";
    private static final String METADATA = "{\"metaData\":{\"id\":\"race\",\"format\":{\"provider\":\"parquet\","
            + "\"options\":{}},\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[{\\\"name\\\":\\\"id\\\","
            + "\\\"type\\\":\\\"long\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}]}\",\"partitionColumns\":[],"
            + "\"configuration\":{\"delta.checkpointInterval\":\"1000\"},\"createdTime\":0}}";

    private final Configuration hadoop = new Configuration();
    private final ConditionalLogStore log;
    private final Path first;

    ComparedTable(String uri, S3Endpoint endpoint) {
        endpoint.hadoopSettings().forEach(hadoop::set);
        log = new ConditionalLogStore(hadoop);
        first = DeltaLogReader.file(uri, 0);
    }

    /** Makes the table, empty, since two first writers at once would conflict. */
    void create() throws IOException {
        log.write(first, List.of(PROTOCOL, METADATA).iterator(), false, hadoop);
    }

    /** What the commits say of themselves, of those that do. */
    Set<String> commits() throws IOException {
        Set<String> commits = new HashSet<>();
        for (Iterator<FileStatus> files = log.listFrom(first, hadoop); files.hasNext(); ) {
            Path file = files.next().getPath();
            if (file.getName().endsWith(".json")) {
                read(file, commits);
            }
        }
        return commits;
    }

    private void read(Path file, Set<String> commits) throws IOException {
        try (CloseableIterator<String> lines = log.read(file, hadoop)) {
            while (lines.hasNext()) {
                DeltaLogReader.action(lines.next(), "commitInfo")
                        .map(info -> info.path("userMetadata"))
                        .filter(JsonNode::isTextual)
                        .ifPresent(name -> commits.add(name.asText()));
            }
        }
    }
}
