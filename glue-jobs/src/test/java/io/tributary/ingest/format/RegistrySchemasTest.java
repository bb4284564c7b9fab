package io.tributary.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.RecordFormat;
import io.tributary.config.RegistryConfig;
import io.tributary.ingest.format.registry.SchemaRegistry;
import io.tributary.ingest.format.registry.SchemaText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RegistrySchemasTest {

    private final Map<String, SchemaText> kept = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private boolean isDown;
    private final SchemaRegistry registry = id -> {
        asked.add(id);
        if (isDown) {
            throw new IOException("it is down");
        }
        return Optional.ofNullable(kept.get(id));
    };
    private final RegistrySchemas schemas = new RegistrySchemas(
            "http://here", RegistryConfig.Type.CONFLUENT, () -> registry, nanos::get, Duration.ofSeconds(1));

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void aSchemaIsAskedForOnce() {
        kept.put("7", new SchemaText(RecordFormat.Kind.AVRO, "\"string\"", Map.of()));

        assertThat(schemas.find("7")).isInstanceOf(FoundSchema.Usable.class);
        pass(Duration.ofDays(30));
        assertThat(schemas.find("7")).isInstanceOf(FoundSchema.Usable.class);
        assertThat(asked).containsExactly("7");
    }

    @Test
    void aSchemaThatIsNotThereIsAskedForAgain() {
        assertThat(schemas.find("7"))
                .isInstanceOfSatisfying(FoundSchema.Useless.class, missing -> assertThat(missing.why())
                        .isEqualTo(Converted.Why.UNKNOWN_SCHEMA));
        schemas.find("7");
        kept.put("7", new SchemaText(RecordFormat.Kind.AVRO, "\"string\"", Map.of()));
        pass(Duration.ofSeconds(11));

        assertThat(schemas.find("7")).isInstanceOf(FoundSchema.Usable.class);
        assertThat(asked).hasSize(2);
    }

    @Test
    void aRegistryThatFailsSaysNothingOfASchemaAndIsLeftAloneForAWhile() {
        kept.put("7", new SchemaText(RecordFormat.Kind.AVRO, "\"string\"", Map.of()));
        isDown = true;
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> schemas.find("7"))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessage("the schema registry http://here does not say what schema 7 is: it is down");
        }
        assertThat(asked).hasSize(1);
        isDown = false;
        pass(Duration.ofSeconds(6));

        assertThat(schemas.find("7")).isInstanceOf(FoundSchema.Usable.class);
    }

    @Test
    void aSchemaThatCannotBeUsedIsToldWithItsId() {
        kept.put("7", new SchemaText(RecordFormat.Kind.AVRO, "{", Map.of()));
        kept.put("8", new SchemaText(null, "", Map.of()));
        kept.put("9", new SchemaText(RecordFormat.Kind.AVRO, "\"string\"", Map.of()));

        for (FoundSchema found :
                List.of(schemas.find("7"), schemas.find("8"), schemas.find("9").as(RecordFormat.Kind.PROTOBUF, "9"))) {
            assertThat(found).isInstanceOfSatisfying(FoundSchema.Useless.class, useless -> {
                assertThat(useless.why()).isEqualTo(Converted.Why.UNUSABLE_SCHEMA);
                assertThat(useless.detail()).containsPattern("schema [789]");
            });
        }
    }
}
