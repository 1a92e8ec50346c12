/**
 * What each part of MIPROv2 adds: variants of one run, over seeds, on the embedded model and the
 * demo tasks, measured on examples that no optimizer saw.
 */
@NullMarked
package dev.hone.benchmarks.ablation;

import org.jspecify.annotations.NullMarked;
