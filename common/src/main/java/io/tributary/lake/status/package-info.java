/**
 * What the streaming job last said of itself, in a file beside the tables. The tables' logs tell what was done; this tells
 * what is when nothing is to be done. Terms are defined in {@code docs/glossary.md}.
 */
package io.tributary.lake.status;
