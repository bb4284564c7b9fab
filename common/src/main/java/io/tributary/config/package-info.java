/**
 * The two files that people write, as typed values: what the pipeline does ({@link io.tributary.config.PipelineConfig})
 * and which data centers feed it ({@link io.tributary.config.DataCenters}).
 *
 * <p>Text becomes records here and nowhere else. Every problem of a file is reported at once, each with key, value,
 * rule and remedy. Records hold references to secrets, never secrets; {@link io.tributary.config.Secrets} resolves them.
 */
package io.tributary.config;
