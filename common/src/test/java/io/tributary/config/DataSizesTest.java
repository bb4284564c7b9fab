package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizesTest {

    @ParameterizedTest
    @CsvSource({
        "128MB, 128000000",
        "64MiB, 67108864",
        "64 MiB, 67108864",
        "1GB, 1000000000",
        "1GiB, 1073741824",
        "3kB, 3000",
        "3KiB, 3072",
        "7B, 7",
        "4096, 4096",
    })
    void sizesAreReadInBytes(String text, long bytes) {
        assertThat(DataSizes.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "1mb", "-1MB", "1.5GB", "9999999999999999999", "9999999999999GB"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> DataSizes.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is not a size; write for example 128MB, 64MiB or the number of bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0MB"})
    void aSizeIsAboveZero(String text) {
        assertThatThrownBy(() -> DataSizes.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is too small; it must be more than 0 bytes");
    }
}
