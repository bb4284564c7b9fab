/** Metrics as CloudWatch takes them. */
package io.tributary.aws.cloudwatch;
