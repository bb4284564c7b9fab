package io.tributary.schema;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * That the configuration gives a column another type than the table has. No table takes that on: its files hold values of
 * the old type.
 */
public record TypeChange(String column, DataType from, DataType to) {

    private static final int DIGITS_OF_INT = 10;
    private static final int DIGITS_OF_LONG = 19;

    /** Whether every value of the old type is one of the new. */
    public boolean isWidening() {
        if (from.equals(DataTypes.IntegerType)) {
            return to.equals(DataTypes.LongType) || to.equals(DataTypes.DoubleType) || holds(DIGITS_OF_INT, 0);
        }
        if (from.equals(DataTypes.LongType)) {
            return holds(DIGITS_OF_LONG, 0);
        }
        return from instanceof DecimalType decimal && holds(decimal.precision() - decimal.scale(), decimal.scale());
    }

    private boolean holds(int whole, int scale) {
        return to instanceof DecimalType decimal
                && decimal.scale() >= scale
                && decimal.precision() - decimal.scale() >= whole;
    }

    /**
     * Why it is refused, and what to do.
     *
     * @param table that has the column
     */
    public String refusal(String table) {
        String why = isWidening()
                ? "Every " + from.simpleString() + " is a " + to.simpleString()
                        + ", but a table whose types were widened cannot be read by Athena and Trino"
                : "What is stored as " + from.simpleString() + " is no " + to.simpleString();
        String name = column + "_" + to.typeName().replaceAll("\\W.*", "");
        return "Column " + column + " of " + table + " is " + from.simpleString() + " and the configuration says "
                + to.simpleString() + ". " + why + ". Leave " + column + " as it is, declare a column of another name,"
                + " such as " + name + ", with the new type and the same from, and fill it for all history:"
                + " tributary columns fill --column " + name + " --because TEXT.";
    }
}
