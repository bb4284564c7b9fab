/**
 * From a text of JSON to the values of typed columns.
 *
 * <p>The streaming job reads the columns of each record with it, and the merge job those of a stored payload, so that a
 * column that is filled later holds what it would hold if it had been there from the beginning.
 */
package io.tributary.values;
