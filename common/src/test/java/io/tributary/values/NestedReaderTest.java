package io.tributary.values;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.config.ColumnType;
import io.tributary.config.TimeFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NestedReaderTest {

    private static Optional<Object> read(String type, String json) throws Exception {
        return new ValueReader(ColumnType.parse(type), new TimeReader(List.of(TimeFormat.DEFAULT), ZoneOffset.UTC))
                .read(new ObjectMapper().readTree(json));
    }

    @Test
    void listsMapsAndRowsHoldWhatTheirTypesSay() throws Exception {
        assertThat(read("array<int>", "[1, null, \"3\"]")).contains(Arrays.asList(1, null, 3));
        assertThat(read("array<int>", "[]")).contains(List.of());
        assertThat(read("map<string,timestamp>", "{\"a\": \"2026-03-01T08:00:00Z\"}"))
                .contains(Map.of("a", Instant.parse("2026-03-01T08:00:00Z")));
        assertThat(read("struct<sku:string,count:long>", "{\"count\": 5, \"SKU\": \"x\", \"more\": {}}"))
                .contains(RowFactory.create("x", 5L));
        assertThat(read("struct<sku:string>", "{\"SKU\": \"x\", \"sku\": \"y\"}"))
                .contains(RowFactory.create("y"));
        assertThat(read("array<map<string,struct<a:array<boolean>>>>", "[{\"k\": {\"a\": [true]}}, {}]"))
                .contains(List.of(Map.of("k", RowFactory.create(List.of(true))), Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "array<int> | [1, 2.5]",
                "array<int> | {}",
                "array<int> | \"[1]\"",
                "map<string,int> | []",
                "map<string,int> | {\"a\": 1, \"b\": \"x\"}",
                "struct<a:int> | []",
                "struct<a:int,b:date> | {\"a\": 1, \"b\": \"yesterday\"}",
                "array<array<int>> | [[1], 2]"
            })
    void aPartThatDoesNotFitTakesTheWholeWithIt(String type, String json) throws Exception {
        assertThat(read(type, json)).isEmpty();
    }
}
