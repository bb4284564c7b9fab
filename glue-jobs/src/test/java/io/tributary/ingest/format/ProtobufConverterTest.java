package io.tributary.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Timestamp;
import io.tributary.ingest.format.ProtobufConverter.MessageIndex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProtobufConverterTest {

    static final String ORDER = """
            syntax = "proto3";
            package shop;
            import "google/protobuf/timestamp.proto";
            import "common/money.proto";
            message Other { int32 nothing = 1; }
            message Order {
              message Line { string sku = 1; int32 count = 2; }
              enum Kind { UNKNOWN = 0; PAID = 1; }
              string order_id = 1;
              google.protobuf.Timestamp at = 2;
              Kind kind = 3;
              repeated Line lines = 4;
              map<string, int64> totals = 5;
              optional string note = 6;
              oneof how { string card = 7; bool cash = 8; }
              shop.common.Money price = 9;
              bytes raw = 10;
              int64 zero = 11;
            }
            """;

    static final Map<String, String> IMPORTS = Map.of(
            "common/money.proto",
            "syntax = \"proto3\"; package shop.common; message Money { sint64 cents = 1; string currency = 2; }");

    static DynamicMessage order(FileDescriptor file) throws Exception {
        Descriptor order = file.findMessageTypeByName("Order");
        Descriptor line = order.findNestedTypeByName("Line");
        Descriptor money = order.findFieldByName("price").getMessageType();
        Descriptor total = order.findFieldByName("totals").getMessageType();
        return DynamicMessage.newBuilder(order)
                .setField(order.findFieldByName("order_id"), "o-1")
                .setField(
                        order.findFieldByName("at"),
                        Timestamp.newBuilder()
                                .setSeconds(1_772_352_000L)
                                .setNanos(123_000_000)
                                .build())
                .setField(
                        order.findFieldByName("kind"),
                        order.findEnumTypeByName("Kind").findValueByName("PAID"))
                .addRepeatedField(
                        order.findFieldByName("lines"),
                        DynamicMessage.newBuilder(line)
                                .setField(line.findFieldByName("sku"), "s\"1")
                                .build())
                .addRepeatedField(
                        order.findFieldByName("totals"),
                        DynamicMessage.newBuilder(total)
                                .setField(total.findFieldByName("key"), "k")
                                .setField(total.findFieldByName("value"), 1L << 60)
                                .build())
                .setField(order.findFieldByName("cash"), true)
                .setField(
                        order.findFieldByName("price"),
                        DynamicMessage.newBuilder(money)
                                .setField(money.findFieldByName("cents"), -5L)
                                .build())
                .build();
    }

    private static final String JSON = "{\"order_id\":\"o-1\",\"at\":\"2026-03-01T08:00:00.123Z\",\"kind\":\"PAID\","
            + "\"lines\":[{\"sku\":\"s\\\"1\",\"count\":0}],\"totals\":{\"k\":\"1152921504606846976\"},\"cash\":true,"
            + "\"price\":{\"cents\":\"-5\",\"currency\":\"\"},\"raw\":\"\",\"zero\":\"0\"}";

    private static String json(FileDescriptor file, MessageIndex index, String message, byte[] value) throws Exception {
        return new String(
                new ProtobufConverter(file, Optional.ofNullable(message), index).convert(value, 0),
                StandardCharsets.UTF_8);
    }

    private static byte[] behind(byte[] message, int... index) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        for (int step : index) {
            out.writeSInt32NoTag(step);
        }
        out.flush();
        bytes.write(message);
        return bytes.toByteArray();
    }

    @Test
    void aMessageBecomesItsJson() throws Exception {
        FileDescriptor file = ProtobufSchemas.parse(ORDER, IMPORTS);

        assertThat(json(file, MessageIndex.NONE, "shop.Order", order(file).toByteArray()))
                .isEqualTo(JSON);
    }

    @Test
    void theBytesBeforeItSayWhichMessageItIs() throws Exception {
        FileDescriptor file = ProtobufSchemas.parse(ORDER, IMPORTS);
        byte[] order = order(file).toByteArray();

        assertThat(json(file, MessageIndex.PATH, null, behind(order, 1, 1))).isEqualTo(JSON);
        assertThat(json(file, MessageIndex.PATH, null, behind(new byte[0], 2, 1, 0)))
                .isEqualTo("{\"sku\":\"\",\"count\":0}");
        assertThat(json(file, MessageIndex.PATH, null, new byte[] {0})).isEqualTo("{\"nothing\":0}");
        // Sorted: shop.Order, shop.Order.Line, shop.Order.TotalsEntry, shop.Other.
        ByteArrayOutputStream sorted = new ByteArrayOutputStream();
        sorted.write(0);
        sorted.write(order);
        assertThat(json(file, MessageIndex.SORTED, null, sorted.toByteArray())).isEqualTo(JSON);
        assertThat(json(file, MessageIndex.SORTED, null, new byte[] {3})).isEqualTo("{\"nothing\":0}");
        assertThatThrownBy(() -> json(file, MessageIndex.PATH, null, behind(order, 1, 7)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> json(file, MessageIndex.PATH, null, behind(order, -1, 7)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> json(file, MessageIndex.SORTED, null, new byte[] {9}))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aSchemaThatCannotBeUsedSaysWhy() {
        assertThatThrownBy(() -> ProtobufSchemas.parse("message {", Map.of()))
                .isInstanceOf(UnusableSchemaException.class);
        assertThatThrownBy(() -> ProtobufSchemas.parse(ORDER, Map.of()))
                .isInstanceOf(UnusableSchemaException.class)
                .hasMessageContaining("common/money.proto");
        assertThatThrownBy(() -> json(ProtobufSchemas.parse(ORDER, IMPORTS), MessageIndex.NONE, "shop.Nobody", null))
                .isInstanceOf(UnusableSchemaException.class)
                .hasMessageContaining("shop.Nobody");
    }

    @Test
    void whatClientsNeverRegisterIsKnown() throws Exception {
        String schema = """
                syntax = "proto3";
                import "google/protobuf/field_mask.proto";
                import "google/protobuf/any.proto";
                import "google/type/money.proto";
                import "confluent/meta.proto";
                import "confluent/type/decimal.proto";
                message All {
                  google.protobuf.FieldMask mask = 1;
                  google.type.Money price = 2 [(confluent.field_meta).doc = "what it costs"];
                  confluent.type.Decimal total = 3;
                  google.protobuf.Any any = 4;
                }
                message Inner { int32 n = 1; }
                """;
        FileDescriptor file = ProtobufSchemas.parse(schema, Map.of());

        assertThat(json(file, MessageIndex.NONE, "All", new byte[] {0x0A, 5, 0x0A, 3, 'a', '.', 'b', 0x12, 2, 0x10, 7}))
                .isEqualTo("{\"mask\":\"a.b\",\"price\":{\"currency_code\":\"\",\"units\":\"7\",\"nanos\":0}}");
        byte[] known = {0x22, 11, 0x0A, 5, 't', '/', 'I', 'n', 'n', 0, 0, 0, 0};
        assertThatThrownBy(() -> json(file, MessageIndex.NONE, "All", known)).isInstanceOf(IOException.class);
    }

    @Test
    void aStrayEndOfAGroupIsNoEndOfTheMessage() throws Exception {
        FileDescriptor file =
                ProtobufSchemas.parse("message A { optional int32 n = 1; optional int32 m = 2; }", Map.of());

        assertThat(json(file, MessageIndex.NONE, "A", new byte[] {8, 1, 16, 2})).isEqualTo("{\"n\":1,\"m\":2}");
        assertThatThrownBy(() -> json(file, MessageIndex.NONE, "A", new byte[] {8, 1, 0x0C, 16, 2}))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aShortMessageCannotSayALongOne() throws Exception {
        String many = java.util.stream.IntStream.range(1, 100)
                .mapToObj(i -> "string field_" + i + " = " + i + ";")
                .collect(java.util.stream.Collectors.joining());
        FileDescriptor file = ProtobufSchemas.parse(
                "syntax = \"proto3\"; message L { repeated I i = 1; } message I {" + many + "}", Map.of());
        byte[] items = new byte[200_000];
        for (int i = 0; i < items.length; i += 2) {
            items[i] = 0x0A;
        }

        assertThatThrownBy(() -> json(file, MessageIndex.NONE, "L", items))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bytes of JSON");
    }

    @Test
    void whateverTheBytesAreItIsJsonOrRefused() throws Exception {
        FileDescriptor file = ProtobufSchemas.parse(ORDER, IMPORTS);
        byte[] good = order(file).toByteArray();
        ProtobufConverter converter = new ProtobufConverter(file, Optional.of("shop.Order"), MessageIndex.NONE);
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = Arrays.copyOf(good, i % 3 == 0 ? random.nextInt(good.length) : good.length);
            for (int flips = random.nextInt(4); flips >= 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                converter.convert(damaged, 0);
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(500, 4_999);
    }
}
