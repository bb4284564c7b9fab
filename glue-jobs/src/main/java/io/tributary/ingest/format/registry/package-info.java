/** Schema registries: what they say of a schema's id. */
package io.tributary.ingest.format.registry;
