package io.tributary.config;

/** The catalog that tables and views are registered in. */
public enum CatalogType {
    /** No catalog: queries name the tables by their location. */
    NONE,
    /** The AWS Glue Data Catalog, which Athena, Redshift and Trino read. */
    GLUE
}
