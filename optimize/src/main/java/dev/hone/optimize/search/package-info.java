/**
 * Stage 3, search: which configuration of instructions and demo sets is tried next, and on which
 * examples. A {@link dev.hone.optimize.search.Search} is asked what to evaluate and told the
 * scores; it knows nothing of programs, models or prompts, so the same code plays simulated
 * surfaces in the benchmarks.
 */
@NullMarked
package dev.hone.optimize.search;

import org.jspecify.annotations.NullMarked;
