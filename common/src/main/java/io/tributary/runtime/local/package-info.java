/**
 * Hadoop's file systems for {@code file:} without a process for each call. Where Hadoop's native library is missing, as
 * on most machines, its own start {@code chmod} for each file that is made and {@code readlink} for each that is
 * renamed.
 *
 * <p>For the words see docs/glossary.md.
 */
package io.tributary.runtime.local;
