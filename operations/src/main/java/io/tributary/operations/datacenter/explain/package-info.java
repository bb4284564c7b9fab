/**
 * Says what is wrong with a data center, from what the lake's log, its brokers and the history of its entry tell: since
 * when, who else is affected, what is safe, and what to do.
 */
package io.tributary.operations.datacenter.explain;
