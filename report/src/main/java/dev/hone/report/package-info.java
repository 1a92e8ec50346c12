/** The report of a run, as one HTML file. */
@NullMarked
package dev.hone.report;

import org.jspecify.annotations.NullMarked;
