/** Bootstraps demos in several ways, evaluates each, and returns the best program. */
@NullMarked
package dev.hone.optimize.randomsearch;

import org.jspecify.annotations.NullMarked;
