/**
 * Secrets from AWS Secrets Manager, for the references {@code ${secret:NAME#KEY}} of the data-centers file.
 *
 * <p>The one adapter to that service; what a reference is and how it is resolved, {@code config.Secrets} knows.
 */
package io.tributary.aws.secrets;
