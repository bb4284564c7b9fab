/**
 * Reads secrets from AWS Secrets Manager, for the references {@code ${secret:NAME#KEY}} of the data-centers file.
 *
 * <p>This is the only adapter to that service. {@code config.Secrets} parses and resolves references.
 */
package io.tributary.aws.secrets;
