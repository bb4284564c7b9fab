/** Reads YAML key by key and reports all problems of a file together. */
package io.tributary.config.yaml;
