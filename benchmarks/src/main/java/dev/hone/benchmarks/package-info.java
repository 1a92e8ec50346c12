/** JMH benchmarks of Hone's hot paths. */
@NullMarked
package dev.hone.benchmarks;

import org.jspecify.annotations.NullMarked;
