package io.tributary.config;

/** The catalog that tables and views are registered in. */
public enum CatalogType {
    /** None: whoever queries the lake names its tables by their place. */
    NONE,
    /** The AWS Glue Data Catalog, where Athena, Redshift and Trino look. */
    GLUE
}
