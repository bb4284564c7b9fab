/**
 * Drains a data center: waits until everything that it had at a moment is read, merged and audited, and certifies it.
 */
package io.tributary.operations.datacenter.drain;
