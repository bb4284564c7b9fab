/**
 * The operator's command line: one command with subcommands, for local lakes, lakes on S3 and deployed stages. Begin at
 * {@link io.tributary.operations.cli.TributaryTool}. Terms are defined in {@code docs/glossary.md}.
 */
package io.tributary.operations.cli;
