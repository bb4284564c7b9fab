/** What all jobs begin with: the arguments that they share, their configuration, and the runtime that they open. */
package io.tributary.job;
