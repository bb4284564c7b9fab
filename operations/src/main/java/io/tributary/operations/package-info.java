/**
 * What operators start: checks of their files before these are put into force. Terms are defined in {@code
 * docs/glossary.md}.
 */
package io.tributary.operations;
