/** What optimizers gain on an agent. */
@NullMarked
package dev.hone.benchmarks.agent;

import org.jspecify.annotations.NullMarked;
