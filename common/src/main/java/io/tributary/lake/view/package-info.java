/**
 * SQL over the lake: the text of the view {@code events}, and a Spark session that has it beside the tables.
 *
 * <p>The text is made in one place for every engine, so that what Spark shows and what Athena shows cannot drift apart.
 */
package io.tributary.lake.view;
