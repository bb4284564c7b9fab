/**
 * Profiles of load tests: which load, in phases, and which faults, in one grammar, with the objectives that they are held to.
 * A profile is a value that a test can read; {@link io.tributary.lab.profile.ProfileFile} reads it from YAML.
 */
package io.tributary.lab.profile;
