/**
 * What analysts can join without asking an operator: the views {@code pipeline_status} and {@code pipeline_log}. Their rows
 * are literals, which the merge job renews in the catalog, so that they need no table.
 */
package io.tributary.operations.views;
