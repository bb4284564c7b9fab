package io.tributary.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class TypeChangeTest {

    @Test
    void aTypeIsWidenedIfItHoldsAllValues() {
        assertThat(isWidening(DataTypes.IntegerType, DataTypes.LongType)).isTrue();
        assertThat(isWidening(DataTypes.LongType, DataTypes.createDecimalType(23, 4)))
                .isTrue();
        assertThat(isWidening(DataTypes.createDecimalType(18, 4), DataTypes.createDecimalType(20, 6)))
                .isTrue();
        assertThat(isWidening(DataTypes.createDecimalType(18, 4), DataTypes.createDecimalType(20, 7)))
                .isFalse();
        assertThat(isWidening(DataTypes.LongType, DataTypes.IntegerType)).isFalse();
        assertThat(isWidening(DataTypes.LongType, DataTypes.DoubleType)).isFalse();
        assertThat(isWidening(DataTypes.StringType, DataTypes.LongType)).isFalse();
    }

    @Test
    void eachRefusalSaysWhyAndWhatToDo() {
        assertThat(new TypeChange("n", DataTypes.IntegerType, DataTypes.LongType).refusal("events_merged"))
                .isEqualTo("Column n of events_merged is int and the configuration says bigint. Every int is a bigint,"
                        + " but a table whose types were widened cannot be read by Athena and Trino. Leave n as it is,"
                        + " declare a column of another name, such as n_long, with the new type and the same from, and"
                        + " fill it for all history: tributary columns fill --column n_long --because TEXT.");
        assertThat(new TypeChange("n", DataTypes.StringType, DataTypes.createDecimalType(18, 4)).refusal("t"))
                .contains("What is stored as string is no decimal(18,4).", "such as n_decimal,");
    }

    private static boolean isWidening(DataType from, DataType to) {
        return new TypeChange("n", from, to).isWidening();
    }
}
