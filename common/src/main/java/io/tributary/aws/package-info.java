/**
 * Everything that talks to AWS; nothing else does, but the Glue catalog of the merge job.
 * {@link io.tributary.aws.AwsClients} makes all clients.
 */
package io.tributary.aws;
