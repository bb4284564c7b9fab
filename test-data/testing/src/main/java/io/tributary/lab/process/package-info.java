/**
 * The lab's child processes: where the project's modules lie, the class path of each, how a process is started and how
 * it is made to end.
 *
 * <p>A child is stopped politely first and by force after a grace, and whatever it wrote to standard error is kept in a
 * file, so that a failure can be told with the child's own words.
 */
package io.tributary.lab.process;
