/** Many calls over HTTP to a server that misbehaves: nothing is lost, and little time. */
@NullMarked
package dev.hone.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
