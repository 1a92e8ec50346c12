/** The command {@code hone report}. */
@NullMarked
package dev.hone.cli.report;

import org.jspecify.annotations.NullMarked;
