/**
 * Programs to learn from, and the two tasks with data that the demo, the benchmarks and tests use:
 * {@link dev.hone.examples.SupportTask} and {@link dev.hone.examples.ModerationTask}. {@link
 * dev.hone.examples.Quickstart} is the README's example as a program that runs, {@link
 * dev.hone.examples.ModerationTutorial} goes from data to a service for several tenants.
 */
@NullMarked
package dev.hone.examples;

import org.jspecify.annotations.NullMarked;
