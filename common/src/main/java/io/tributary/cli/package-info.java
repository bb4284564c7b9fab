/** Command lines: arguments, Glue's form of them, and suggestions for names that are misspelled. */
package io.tributary.cli;
