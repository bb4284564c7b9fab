package io.tributary.compaction.maintenance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Files of one partition that are rewritten together, with their rows in order.
 *
 * @param outputs how many files they become
 */
record FileGroup(List<DataFile> files, int outputs) {

    FileGroup {
        files = List.copyOf(files);
        if (files.isEmpty() || outputs < 1) {
            throw new IllegalArgumentException("a file group is made of files and becomes files");
        }
    }

    /**
     * The number of outputs that comes nearest to the target size. No output is under half of it, unless all rows
     * together are.
     */
    static FileGroup of(List<DataFile> files, long targetFileBytes) {
        return new FileGroup(files, (int) Math.max(1, Math.round((double) bytes(files) / targetFileBytes)));
    }

    Map<String, Optional<String>> partition() {
        return files.get(0).partition();
    }

    /** The partition for a log line. */
    String describe() {
        return new TreeMap<>(partition())
                .entrySet().stream()
                        .map(value -> value.getKey() + "=" + value.getValue().orElse("null"))
                        .collect(Collectors.joining("/"));
    }

    long bytes() {
        return bytes(files);
    }

    static long bytes(List<DataFile> files) {
        return files.stream().mapToLong(DataFile::bytes).sum();
    }
}
