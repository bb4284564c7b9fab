/**
 * What {@code tributary erase} does: {@link io.tributary.operations.erasure.ErasureSearch} finds the events,
 * {@link io.tributary.operations.erasure.ErasureProof} says what became of an erasure. The jobs carry it out.
 */
package io.tributary.operations.erasure;
