/**
 * Delta commits on S3 that only one writer can win.
 *
 * <p>{@link io.tributary.aws.s3.ConditionalLogStore} is what Delta sees; {@link io.tributary.aws.s3.S3Objects} is what S3 sees.
 * The AWS SDK stays inside this package. Docs: {@code docs/s3.md}.
 */
package io.tributary.aws.s3;
