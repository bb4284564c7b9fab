/**
 * The load test: plays a {@link io.tributary.lab.profile.Profile} at an open-loop pace, once with synthetic consumers in the
 * place of the pipeline and once with the pipeline, measures both, and holds the figures to the profile's objectives.
 * docs/testing-plan.md defines every metric.
 */
package io.tributary.lab.loadtest;
