/** Publishes metrics to CloudWatch. */
package io.tributary.aws.cloudwatch;
