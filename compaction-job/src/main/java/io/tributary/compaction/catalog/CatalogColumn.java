package io.tributary.compaction.catalog;

import org.apache.spark.sql.types.StructField;

/**
 * A column of an entry.
 *
 * @param type by Hive's name, as the catalog stores it
 * @param comment one line; empty for none
 */
public record CatalogColumn(String name, String type, String comment) {

    /** The longest comment that Glue accepts. */
    private static final int MAX_COMMENT_LENGTH = 255;

    static CatalogColumn of(StructField field) {
        return new CatalogColumn(
                field.name(),
                field.dataType().catalogString(),
                oneLine(field.getComment().getOrElse(() -> "")));
    }

    private static String oneLine(String comment) {
        String line = comment.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= MAX_COMMENT_LENGTH ? line : line.substring(0, MAX_COMMENT_LENGTH - 1) + "…";
    }
}
