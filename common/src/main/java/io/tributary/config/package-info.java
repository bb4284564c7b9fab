/**
 * The two configuration files as typed values: what the pipeline does ({@link io.tributary.config.PipelineConfig}) and
 * which data centers feed it ({@link io.tributary.config.DataCenters}).
 *
 * <p>Text is parsed here and nowhere else. All problems of a file are reported together, each with key, value, rule and
 * remedy. Records hold references to secrets, never secrets; {@link io.tributary.config.Secrets} resolves them.
 */
package io.tributary.config;
