/**
 * The AWS Glue Data Catalog as the publisher's catalog: what is asked of it, how its tables look, and what its refusals
 * mean. The AWS SDK stays inside this package.
 */
package io.tributary.compaction.catalog.glue;
