/** Stages batches without a streaming job, for what begins with the staging table. */
package io.tributary.lab.stage;
