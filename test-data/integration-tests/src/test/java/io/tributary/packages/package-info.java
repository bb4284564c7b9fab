/** The deployed jars: what may be in them, and that each works where Glue's libraries come first. */
package io.tributary.packages;
