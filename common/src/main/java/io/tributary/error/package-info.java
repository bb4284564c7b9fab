/** The kinds of failures, by who can help: whoever wrote the input, an operator, or a developer. */
package io.tributary.error;
