/**
 * A front before the S3 endpoint that spoils requests as it is told: answers with an error, dawdles, drops the
 * connection after an object is stored, or holds a request until somebody decides about it.
 *
 * <p>To its clients it is the endpoint; what it does not spoil passes unchanged. {@link
 * io.tributary.lab.s3.front.FaultProxy} is the server, {@link io.tributary.lab.s3.front.Rule} says what is spoilt, and
 * {@link io.tributary.lab.s3.front.FrontCommands} is how it is told.
 */
package io.tributary.lab.s3.front;
