/** Makes the page of a report: what each part shows, and its charts. */
@NullMarked
package dev.hone.report.page;

import org.jspecify.annotations.NullMarked;
