/**
 * The deployment: what a stage has in an AWS account, and the checks that it must pass before it goes there.
 *
 * <p>Begin at {@link io.tributary.cdk.DeployApp}. {@link io.tributary.cdk.StageSettings} is what a platform team writes,
 * {@link io.tributary.cdk.ResourceNames} what everything is called, a {@code …Stack} one CloudFormation stack each, and
 * {@link io.tributary.cdk.TemplateChecks} what no template may do.
 */
package io.tributary.cdk;
