/**
 * Hone's part of the side-by-side with DSPy: runs on the tasks of {@code benchmarks/sidebyside}
 * against a stand-in model behind an OpenAI-compatible endpoint, and what the candidates of a run
 * hold. Started by {@code benchmarks/sidebyside/run}; results are JSON lines.
 */
@NullMarked
package dev.hone.benchmarks.sidebyside;

import org.jspecify.annotations.NullMarked;
