package io.tributary.lab.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class Xxh64Test {

    @Test
    void hashesAsTheReferenceDoes() {
        assertThat(Xxh64.of(new byte[0], 0)).isEqualTo(0xEF46DB3751D8E999L);
        assertThat(Xxh64.of("abc", 0)).isEqualTo(0x44BC2CF5AD770999L);
    }

    @Test
    void hashesBytesOfAnyLengthAsSparkDoes() {
        Random random = new Random(1);
        for (int length = 0; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            long seed = random.nextLong();
            assertThat(Xxh64.of(bytes, seed))
                    .isEqualTo(XXH64.hashUnsafeBytes(bytes, Platform.BYTE_ARRAY_OFFSET, length, seed));
        }
    }

    @Test
    void fingerprintsAreWhatSparkMakesOfTheColumns() {
        Fingerprint global = Identity.global("é-7").fingerprint();
        assertThat(global).isEqualTo(new Fingerprint(spark(42, "é-7"), spark(42, "#", "é-7")));
        Fingerprint scoped = Identity.within("dc1", "é-7").fingerprint();
        assertThat(scoped).isEqualTo(new Fingerprint(spark(42, "dc1", "é-7"), spark(42, "#", "dc1", "é-7")));
    }

    private static long spark(long seed, String... columns) {
        long hash = seed;
        for (String column : columns) {
            hash = XXH64.hashUTF8String(UTF8String.fromBytes(column.getBytes(StandardCharsets.UTF_8)), hash);
        }
        return hash;
    }
}
