/**
 * Foreign input: a file of JSON lines sent as it stands, and what must come of each line.
 *
 * <p>The truth about a line is read from it by a parser of the lab's own, with another JSON library and other code for
 * times and pointers than the jobs use: only the written rules of the configuration are shared, so that a mistake in one
 * reading shows as a difference instead of being made twice.
 */
package io.tributary.lab.input;
