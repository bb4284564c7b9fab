/** Command lines: the jobs' arguments, the arguments that Glue adds, and suggestions for misspelled names. */
package io.tributary.cli;
