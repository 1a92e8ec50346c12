/** The command {@code hone demo}: the main job on real input, measured and shown. */
@NullMarked
package dev.hone.cli.demo;

import org.jspecify.annotations.NullMarked;
