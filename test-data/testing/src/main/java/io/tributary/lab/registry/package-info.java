/** A schema registry on 127.0.0.1. */
package io.tributary.lab.registry;
