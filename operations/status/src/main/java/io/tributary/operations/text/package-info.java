/** How numbers, times and tables are shown to people. What is not known is a question mark, never 0. */
package io.tributary.operations.text;
