/**
 * What {@code tributary log} tells: what happened to a lake, from the commits of its tables' logs. Terms are defined in
 * {@code docs/glossary.md}.
 */
package io.tributary.operations.history;
