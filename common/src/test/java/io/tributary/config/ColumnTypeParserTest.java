package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeParserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "array<string> | array<string>",
                "map<string,array<long>> | map<string,array<long>>",
                "map<string , date> | map<string,date>",
                "struct<a:int, b_2:struct<c:timestamp>> | struct<a:int,b_2:struct<c:timestamp>>",
                "array<struct<p:decimal(10,2)>> | array<struct<p:decimal(10,2)>>"
            })
    void aNestedTypeIsReadAndWritten(String written, String normal) {
        assertThat(ColumnType.parse(written)).hasToString(normal);
        assertThat(ColumnType.parse(normal)).isEqualTo(ColumnType.parse(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "array",
                "array<>",
                "array<int",
                "array<int>>",
                "array<int>x",
                "map<int,string>",
                "map<string>",
                "struct<>",
                "struct<a>",
                "struct<A:int>",
                "struct<a:int,a:int>",
                "struct<a:int,>",
                "array<array<array<array<array<array<array<int>>>>>>>",
                "array<decimal(40,2)>"
            })
    void whatIsNoTypeIsRefused(String text) {
        assertThatThrownBy(() -> ColumnType.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
