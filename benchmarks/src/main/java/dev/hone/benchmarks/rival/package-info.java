/**
 * Other ways to choose a configuration, each from its paper or manual: they spend a number of
 * tokens on a {@code CallMeter} and give what they would return.
 *
 * <p>What an example costs is paid once: of a configuration that is known on an example, the
 * outcome is known. Each class says where it differs from its source, and why.
 */
@NullMarked
package dev.hone.benchmarks.rival;

import org.jspecify.annotations.NullMarked;
