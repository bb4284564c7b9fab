package io.tributary.ingest.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.apache.spark.unsafe.Platform;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHash128Test {

    /** Of the reference: the key is 00 to 0f, the input as many bytes from 00 on. */
    @ParameterizedTest
    @CsvSource({
        "0, a3817f04ba25a8e66df67214c7550293",
        "1, da87c1d86b99af44347659119b22fc45",
        "2, 8177228da4a45dc7fca38bdef60affe4",
        "3, 9c70b60c5267a94e5f33b6b02985ed51",
        "4, f88164c12d9c8faf7d0f6e7c7bcd5579",
        "15, 5493e99933b0a8117e08ec0f97cfc3d9"
    })
    void hashesAsTheReferenceDoes(int length, String expected) {
        byte[] input = new byte[length];
        for (int at = 0; at < length; at++) {
            input[at] = (byte) at;
        }
        SipHash128 hash = new SipHash128(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

        hash.hash(input, Platform.BYTE_ARRAY_OFFSET, length);

        ByteBuffer result = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        result.putLong(hash.first()).putLong(hash.second());
        assertThat(HexFormat.of().formatHex(result.array())).isEqualTo(expected);
    }
}
