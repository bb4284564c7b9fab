/**
 * Delta commits on S3 that only one writer can win.
 *
 * <p>{@link io.tributary.s3.ConditionalLogStore} is what Delta sees; {@link io.tributary.s3.S3Objects} is what S3 sees.
 * The AWS SDK stays inside this package. Docs: {@code docs/s3.md}.
 */
package io.tributary.s3;
