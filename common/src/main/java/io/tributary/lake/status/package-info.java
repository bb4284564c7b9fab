/**
 * What the streaming job, and the audit, last said of themselves, in files beside the tables, and who changed data centers. The tables' logs tell what was done; this tells
 * what is when nothing is to be done. Terms are defined in {@code docs/glossary.md}.
 */
package io.tributary.lake.status;
