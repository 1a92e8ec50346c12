/**
 * Hone seen from outside: {@link dev.hone.opentelemetry.OpenTelemetryListener} makes a span of each
 * run, stage, trial, example, program and call, and the metrics of model calls, by OpenTelemetry's
 * conventions for generative AI.
 *
 * <p>Stability: may still change, as the conventions do.
 */
@NullMarked
package dev.hone.opentelemetry;

import org.jspecify.annotations.NullMarked;
