/** The command line of Hone. */
@NullMarked
package dev.hone.cli;

import org.jspecify.annotations.NullMarked;
