package io.tributary.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.DataCenter;
import io.tributary.error.OperatorActionException;
import io.tributary.ingest.read.ConsumerOptions;
import io.tributary.lab.fixtures.SourceFixtures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsumerOptionsLookupTest {

    private static final List<String> NAMES =
            IntStream.range(0, 12).mapToObj(i -> "dc" + i).toList();

    private final Map<String, Supplier<ConsumerOptions>> stores = new ConcurrentHashMap<>();
    private final CountDownLatch unreachable = new CountDownLatch(1);
    private ConsumerOptionsLookup lookup = lookup(Duration.ofMinutes(5));

    @AfterEach
    void close() {
        unreachable.countDown();
        lookup.close();
    }

    @Test
    void allAreAskedAtTheSameTime() throws Exception {
        CountDownLatch allAsked = new CountDownLatch(NAMES.size());
        NAMES.forEach(name -> stores.put(name, () -> {
            allAsked.countDown();
            await(allAsked);
            return options(name, "a");
        }));

        assertThat(find(NAMES)).containsOnlyKeys(NAMES).allSatisfy((name, answer) -> assertThat(answer.options())
                .contains(options(name, "a")));
    }

    @Test
    void aSecretThatCannotBeHadIsItsDataCentersTrouble() throws Exception {
        stores.put("dc1", () -> {
            throw new IllegalStateException("no such secret");
        });

        assertThat(find(List.of("dc0", "dc1", "gone")))
                .containsEntry("dc0", new ConsumerOptionsLookup.Answer(Optional.of(options("dc0", "")), null))
                .containsEntry(
                        "dc1",
                        new ConsumerOptionsLookup.Answer(Optional.empty(), "IllegalStateException: no such secret"))
                .containsEntry(
                        "gone",
                        new ConsumerOptionsLookup.Answer(Optional.empty(), "OperatorActionException: not in the file"));
    }

    @Test
    void whoseSecretsAreLateIsReadWithTheLastOnesAndElseLater() throws Exception {
        find(List.of("dc0"));
        lookup.close();
        lookup = lookup(Duration.ofMillis(100));
        stores.put("dc1", () -> options("dc1", "old"));
        assertThat(find(List.of("dc1")).get("dc1").options()).contains(options("dc1", "old"));
        List.of("dc1", "dc2")
                .forEach(name -> stores.put(name, () -> {
                    await(unreachable);
                    return options(name, "new");
                }));

        assertThat(find(List.of("dc0", "dc1", "dc2")))
                .containsEntry("dc0", new ConsumerOptionsLookup.Answer(Optional.of(options("dc0", "")), null))
                .containsEntry("dc1", new ConsumerOptionsLookup.Answer(Optional.of(options("dc1", "old")), null))
                .containsEntry(
                        "dc2",
                        new ConsumerOptionsLookup.Answer(Optional.empty(), "its secrets did not come within 100 ms"));
    }

    private Map<String, ConsumerOptionsLookup.Answer> find(List<String> names) throws InterruptedException {
        return lookup.of(names, ConsumerOptionsLookupTest::load);
    }

    private ConsumerOptionsLookup lookup(Duration timeout) {
        return new ConsumerOptionsLookup(
                center -> stores.getOrDefault(center.name(), () -> options(center.name(), ""))
                        .get(),
                timeout);
    }

    private static DataCenter load(String name) {
        if (name.equals("gone")) {
            throw new OperatorActionException("not in the file");
        }
        return SourceFixtures.dataCenter(name, "a:9092");
    }

    private static ConsumerOptions options(String name, String secret) {
        return new ConsumerOptions(name, Map.of("ssl.key.password", secret));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
