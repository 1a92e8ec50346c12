/**
 * The report of a run. A {@code RunRecorder} listens to the run and gathers a {@code RunRecord},
 * which is the file {@code record.json}; an {@code HtmlReport} is the page of one or several of
 * them, and a {@code LiveReport} keeps the page up to date while the run goes on. Data flows one
 * way: events and results, {@code record}, {@code data}, {@code page}.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.report;

import org.jspecify.annotations.NullMarked;
