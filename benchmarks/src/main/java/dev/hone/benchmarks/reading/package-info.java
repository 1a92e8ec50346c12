/** How long replies, data files and prompts take that were made to take long. */
@NullMarked
package dev.hone.benchmarks.reading;

import org.jspecify.annotations.NullMarked;
