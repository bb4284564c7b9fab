/**
 * The adapter to the AWS Glue Data Catalog: which requests it makes, how its tables are represented, and what its
 * errors mean. The AWS SDK stays inside this package.
 */
package io.tributary.compaction.catalog.glue;
