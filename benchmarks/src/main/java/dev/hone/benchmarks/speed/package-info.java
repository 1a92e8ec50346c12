/** JMH benchmarks: what Hone itself costs, with models that cost nothing or sleep. */
@NullMarked
package dev.hone.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
