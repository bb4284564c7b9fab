package io.tributary.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.config.RecordFormat;
import io.tributary.config.RegistryConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class ValueFormatTest {

    private static final byte[] UUID = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

    private static Converted convert(RecordFormat format, byte[] value) {
        return ValueFormat.of(format, new KnownSchemas()).convert(value, "fra");
    }

    private static String json(Converted converted) {
        return new String(((Converted.Json) converted).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aSchemaOfTheConfigurationReadsValuesWithoutAHeader() {
        RecordFormat avro = new RecordFormat(RecordFormat.Kind.AVRO, "\"string\"", null);
        RecordFormat protobuf =
                new RecordFormat(RecordFormat.Kind.PROTOBUF, "message A {} message B { optional int32 n = 1; }", "B");

        assertThat(json(convert(avro, new byte[] {2, 'x'}))).isEqualTo("\"x\"");
        assertThat(json(convert(protobuf, new byte[] {8, 5}))).isEqualTo("{\"n\":5}");
        assertThat(json(convert(RecordFormat.JSON, new byte[] {'{', '}'}))).isEqualTo("{}");
        assertThat(convert(avro, new byte[] {4, 'x'})).isInstanceOfSatisfying(Converted.Unreadable.class, no -> {
            assertThat(no.why()).isEqualTo(Converted.Why.NOT_OF_SCHEMA);
            assertThat(no.detail()).isEqualTo("the bytes are not a value of event.schema: it ends within a value");
        });
        assertThatThrownBy(() -> ValueFormat.of(new RecordFormat(RecordFormat.Kind.AVRO, "nonsense", null)))
                .isInstanceOf(UnusableFormatException.class)
                .hasMessageContaining("event.schema");
    }

    @Test
    void withoutARegistryNothingIsSaidOfARecord() {
        assertThatThrownBy(() -> convert(new RecordFormat(RecordFormat.Kind.AVRO, null, null), new byte[] {0}))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("data center fra");
    }

    @Test
    void headersAreReadAsTheirClientsWriteThem() throws IOException {
        assertThat(SchemaHeader.of(new byte[] {0, 0, 0, 1, 2, 'x'}, RegistryConfig.Type.CONFLUENT))
                .contains(new SchemaHeader("258", 5, false));
        assertThat(SchemaHeader.of(new byte[] {0, 0, 0, 1}, RegistryConfig.Type.CONFLUENT))
                .isEmpty();
        assertThat(SchemaHeader.of(new byte[] {'{', '}', ' ', ' ', ' '}, RegistryConfig.Type.CONFLUENT))
                .isEmpty();
        ByteArrayOutputStream glue = new ByteArrayOutputStream();
        glue.write(new byte[] {3, 5});
        glue.write(UUID);
        try (DeflaterOutputStream zlib = new DeflaterOutputStream(glue)) {
            zlib.write("value".getBytes(StandardCharsets.UTF_8));
        }
        byte[] value = glue.toByteArray();

        Optional<SchemaHeader> header = SchemaHeader.of(value, RegistryConfig.Type.GLUE);

        assertThat(header).contains(new SchemaHeader("01020304-0506-0708-090a-0b0c0d0e0f10", 18, true));
        assertThat(new String(header.get().decompressed(value), StandardCharsets.UTF_8))
                .isEqualTo("value");
        value[value.length - 6] ^= 1;
        assertThatThrownBy(() -> header.get().decompressed(value)).isInstanceOf(IOException.class);
        value[1] = 1;
        assertThat(SchemaHeader.of(value, RegistryConfig.Type.GLUE)).isEmpty();
    }
}
