/**
 * An S3 endpoint for the lab: S3's protocol over a directory, hosted by a process of its own.
 *
 * <p>Nothing here is on the class path of the jobs or of the rest of the lab, because the server brings another Jackson
 * and another logging. Whoever wants an endpoint starts {@link io.tributary.lab.s3.server.S3Main} and reads its standard
 * output.
 */
package io.tributary.lab.s3.server;
