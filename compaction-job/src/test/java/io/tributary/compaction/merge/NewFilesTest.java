package io.tributary.compaction.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.junit.jupiter.api.Test;

class NewFilesTest {

    @Test
    void filesOfAllCommitsAreNew() {
        assertThat(paths(List.of(added("a"), added("b")), List.of(), List.of(added("c"))))
                .contains(List.of("a", "b", "c"));
        assertThat(paths()).contains(List.of());
    }

    @Test
    void whatWasMovedIsNotNew() {
        assertThat(paths(List.of(added("a")), List.of(removed("old"), moved("packed"))))
                .contains(List.of("a"));
    }

    @Test
    void aFileThatIsGoneAgainLeavesItOpenWhereItsRowsAre() {
        assertThat(paths(List.of(added("a")), List.of(removed("a"), moved("packed"))))
                .isEmpty();
        assertThat(paths(List.of(added("a"), added("b")), List.of(removed("b"))))
                .isEmpty();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static Optional<List<String>> paths(List<Action>... commits) {
        return NewFiles.of(List.of(commits))
                .map(files -> files.stream().map(AddFile::path).toList());
    }

    private static Action added(String path) {
        return add(path, true);
    }

    private static Action moved(String path) {
        return add(path, false);
    }

    private static Action add(String path, boolean dataChange) {
        return Action.fromJson("{\"add\":{\"path\":\"" + path + "\",\"partitionValues\":{},\"size\":1,"
                + "\"modificationTime\":1,\"dataChange\":" + dataChange + "}}");
    }

    private static Action removed(String path) {
        return Action.fromJson("{\"remove\":{\"path\":\"" + path + "\",\"dataChange\":false}}");
    }
}
