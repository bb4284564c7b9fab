/**
 * Events that must not be in the lake. {@link io.tributary.lake.erasure.ErasureRequests} keeps who asked for which, as
 * hashes; {@link io.tributary.lake.erasure.ErasedEvents} answers for a record whether it is one of them. The stream and the
 * merge leave such records out, and the merge job removes what is there.
 */
package io.tributary.lake.erasure;
