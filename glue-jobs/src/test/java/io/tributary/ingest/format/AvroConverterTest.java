package io.tributary.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Held against Avro's own writer. */
class AvroConverterTest {

    private static final String ORDER = """
            {"type": "record", "name": "Order", "fields": [
              {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "seen", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "local", "type": {"type": "long", "logicalType": "local-timestamp-millis"}},
              {"name": "day", "type": {"type": "int", "logicalType": "date"}},
              {"name": "hour", "type": {"type": "int", "logicalType": "time-millis"}},
              {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 20, "scale": 4}},
              {"name": "fee", "type": {"type": "fixed", "name": "F", "size": 8, "logicalType": "decimal",
                                       "precision": 10, "scale": 2}},
              {"name": "raw", "type": "bytes"},
              {"name": "flag", "type": "boolean"},
              {"name": "share", "type": "double"},
              {"name": "part", "type": "float"},
              {"name": "count", "type": "long"},
              {"name": "kind", "type": {"type": "enum", "name": "K", "symbols": ["NEW", "PAID"]}},
              {"name": "note", "type": ["null", "string"]},
              {"name": "tags", "type": {"type": "array", "items": "string"}},
              {"name": "more", "type": {"type": "map", "values": "int"}},
              {"name": "next", "type": ["null", "Order"]}]}
            """;

    private static GenericData.Record order(Schema schema, GenericData.Record next) {
        GenericData.Record order = new GenericData.Record(schema);
        order.put("id", "0a0b0c0d-0000-4000-8000-000000000001");
        order.put("at", 1_772_352_000_123L);
        order.put("seen", 1_772_352_000_123_456L);
        order.put("local", -1L);
        order.put("day", 20_513);
        order.put("hour", 28_800_123);
        order.put(
                "amount",
                ByteBuffer.wrap(new BigDecimal("-12.5000").unscaledValue().toByteArray()));
        order.put("fee", new GenericData.Fixed(schema.getField("fee").schema(), new byte[] {0, 0, 0, 0, 0, 0, 4, -46}));
        order.put("raw", ByteBuffer.wrap(new byte[] {0, -1, 127}));
        order.put("flag", true);
        order.put("share", Double.NaN);
        order.put("part", 0.5f);
        order.put("count", Long.MIN_VALUE);
        order.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), "PAID"));
        order.put("note", next == null ? null : "a \"b\"\n\u00e9\ud83d\ude00");
        order.put("tags", List.of("x", ""));
        order.put("more", Map.of("k\"", -7));
        order.put("next", next);
        return order;
    }

    static byte[] encoded(Schema schema, Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(value, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static String json(String schema, byte[] value) throws Exception {
        return new String(AvroConverter.of(schema, List.of()).convert(value, 0), StandardCharsets.UTF_8);
    }

    @Test
    void everyTypeBecomesWhatItMeans() throws Exception {
        Schema schema = new Schema.Parser().parse(ORDER);
        String inner = """
                {"id":"0a0b0c0d-0000-4000-8000-000000000001","at":"2026-03-01T08:00:00.123Z",\
                "seen":"2026-03-01T08:00:00.123456Z","local":"1969-12-31T23:59:59.999","day":"2026-03-01",\
                "hour":"08:00:00.123","amount":-12.5000,"fee":12.34,"raw":"AP9/","flag":true,"share":"NaN","part":0.5,\
                "count":-9223372036854775808,"kind":"PAID","note":%s,"tags":["x",""],"more":{"k\\"":-7},"next":%s}""";
        String last = inner.formatted("null", "null");

        String json = json(ORDER, encoded(schema, order(schema, order(schema, null))));

        assertThat(json).isEqualTo(inner.formatted("\"a \\\"b\\\"\\n\u00e9\ud83d\ude00\"", last));
    }

    @Test
    void typesOfOtherSchemasAreFound() throws Exception {
        String address =
                "{\"type\":\"record\",\"name\":\"a.Address\",\"fields\":[{\"name\":\"city\",\"type\":\"string\"}]}";
        String person = "{\"type\":\"record\",\"name\":\"P\",\"fields\":[{\"name\":\"at\",\"type\":\"a.Address\"}]}";

        byte[] json = AvroConverter.of(person, List.of(address)).convert(new byte[] {9, 9, 2, 'x'}, 2);

        assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo("{\"at\":{\"city\":\"x\"}}");
        assertThatThrownBy(() -> AvroConverter.of(person, List.of())).isInstanceOf(UnusableSchemaException.class);
        assertThatThrownBy(() -> AvroConverter.of("{", List.of())).isInstanceOf(UnusableSchemaException.class);
    }

    @Test
    void whateverTheBytesAreItIsJsonOrRefused() throws Exception {
        Schema schema = new Schema.Parser().parse(ORDER);
        byte[] good = encoded(schema, order(schema, order(schema, null)));
        AvroConverter converter = AvroConverter.of(ORDER, List.of());
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(good, i % 3 == 0 ? random.nextInt(good.length) : good.length);
            for (int flips = random.nextInt(4); flips >= 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                byte[] json = converter.convert(damaged, 0);
                if (new String(json, StandardCharsets.UTF_8).indexOf('\ufffd') < 0) {
                    new ObjectMapper().readTree(json);
                }
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(5_000, 19_999);
    }

    @Test
    void aShortValueCannotSayALongOne() {
        String nulls = "{\"type\":\"array\",\"items\":\"null\"}";
        byte[] many = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F, 0};

        assertThatThrownBy(() -> json(nulls, many))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bytes of JSON");
        assertThatThrownBy(() -> json("\"string\"", new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, 0x7F}))
                .isInstanceOf(IOException.class);
        String nested = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"r\",\"type\":[\"null\",\"R\"]}]}";
        byte[] deep = new byte[100_000];
        Arrays.fill(deep, (byte) 2);
        assertThatThrownBy(() -> json(nested, deep))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nested");
        String decimal = "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":4000000,\"scale\":0}";
        byte[] digits = new byte[100_003];
        Arrays.fill(digits, (byte) 1);
        digits[0] = (byte) 0xC0;
        digits[1] = (byte) 0x9A;
        digits[2] = 0x0C;
        assertThatThrownBy(() -> json(decimal, digits))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bytes");
    }

    @Test
    void bytesBehindTheValueAreRefused() {
        assertThatThrownBy(() -> json("\"int\"", new byte[] {2, 2}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("behind");
    }
}
