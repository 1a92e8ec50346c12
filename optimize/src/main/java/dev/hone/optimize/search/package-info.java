/**
 * Stage 3, search: which configuration of instructions and demo sets is tried next, and on which
 * examples.
 *
 * <p>A {@link dev.hone.optimize.search.Search} holds settings and starts a {@link
 * dev.hone.optimize.search.SearchRun}, which is asked what to evaluate and is passed the scores; it
 * knows nothing of programs, models or prompts, so the same code plays simulated surfaces in the
 * benchmarks. A run keeps its scores in a {@link dev.hone.optimize.search.ScoreTable}, which knows
 * the best of them; a search of your own has to choose what is evaluated next, and little else.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.optimize.search;

import org.jspecify.annotations.NullMarked;
