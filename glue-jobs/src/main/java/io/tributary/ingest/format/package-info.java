/**
 * The formats of values: from the bytes of a record to the JSON that is decoded and kept as its payload. A format is
 * JSON itself, or one whose schemas are in the configuration or in the schema registry of the data center.
 */
package io.tributary.ingest.format;
