/** What goes wrong, by who can help: the input, an operator, or the program. */
package io.tributary.error;
