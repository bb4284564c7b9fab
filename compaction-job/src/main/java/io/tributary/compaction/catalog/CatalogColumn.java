package io.tributary.compaction.catalog;

import org.apache.spark.sql.types.StructField;

/**
 * A column of an entry.
 *
 * @param type in Hive's words, as the catalogue has it
 * @param comment one line; empty for none
 */
public record CatalogColumn(String name, String type, String comment) {

    /** What Glue takes. */
    private static final int LONGEST_COMMENT = 255;

    static CatalogColumn of(StructField field) {
        return new CatalogColumn(
                field.name(),
                field.dataType().catalogString(),
                oneLine(field.getComment().getOrElse(() -> "")));
    }

    private static String oneLine(String comment) {
        String line = comment.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST_COMMENT ? line : line.substring(0, LONGEST_COMMENT - 1) + "…";
    }
}
