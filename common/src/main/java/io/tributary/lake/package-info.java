/** The tables of a lake: how they are created, and up to where staging is merged. */
package io.tributary.lake;
