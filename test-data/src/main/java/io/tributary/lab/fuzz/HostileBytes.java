package io.tributary.lab.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Values that are no text, or that nearly are. */
final class HostileBytes {

    private static final int SHORT = 64;

    /** Overlong, of a surrogate, beyond Unicode, cut, and bytes that no UTF-8 has. */
    private static final List<byte[]> NOT_UTF8 = List.of(
            hex("c0af"),
            hex("e08080"),
            hex("f0808080"),
            hex("eda080"),
            hex("edb080"),
            hex("eda0bdedb880"),
            hex("f4908080"),
            hex("f8888080"),
            hex("c3"),
            hex("e282"),
            hex("f09f98"),
            hex("80"),
            hex("ff"),
            hex("fe"));

    private HostileBytes() {}

    /** @param event the text of a record that is an event */
    static Optional<byte[]> any(String event, SeededChoices dice) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        return switch (dice.below(14)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new byte[0]);
            case 2 -> Optional.of(dice.bytes(1 + dice.below(SHORT)));
            case 3 -> Optional.of(dice.bytes(dice.oneIn(50) ? 1_000_000 : 1_000));
            case 4 -> Optional.of(inserted(bytes, bytes.length - 1, dice.of(NOT_UTF8)));
            case 5 -> Optional.of(inserted(bytes, bytes.length - 2, dice.of(NOT_UTF8)));
            case 6 -> Optional.of(inserted(bytes, 0, hex("efbbbf")));
            case 7 -> Optional.of(inserted(bytes, 0, hex("00000000" + (dice.oneIn(2) ? "07" : "c8"))));
            case 8 -> Optional.of(inserted(bytes, bytes.length, new byte[1]));
            case 9 -> Optional.of(event.getBytes(StandardCharsets.UTF_16));
            case 10 -> Optional.of(event.getBytes(StandardCharsets.UTF_16LE));
            case 11 -> Optional.of(Arrays.copyOf(bytes, dice.below(bytes.length)));
            case 12 -> Optional.of(new byte[dice.of(List.of(1, 100, 100_000))]);
            default -> Optional.of(" ".repeat(dice.of(List.of(1, 10, 10_000))).getBytes(StandardCharsets.UTF_8));
        };
    }

    /** The event with some of its bytes changed, lost, doubled. */
    static byte[] mutated(String event, SeededChoices dice) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        for (int i = 1 + dice.below(3); i > 0 && bytes.length > 1; i--) {
            int at = dice.below(bytes.length);
            switch (dice.below(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << dice.below(8));
                case 1 -> bytes[at] = (byte) dice.below(256);
                case 2 -> bytes = inserted(bytes, at, dice.bytes(1));
                default ->
                    bytes = inserted(Arrays.copyOf(bytes, at), at, Arrays.copyOfRange(bytes, at + 1, bytes.length));
            }
        }
        return bytes;
    }

    private static byte[] inserted(byte[] bytes, int at, byte[] more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + more.length);
        out.write(bytes, 0, at);
        out.write(more, 0, more.length);
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
