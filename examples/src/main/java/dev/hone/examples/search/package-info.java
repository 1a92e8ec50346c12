/** An agent over a local corpus: the search task and its example. */
@NullMarked
package dev.hone.examples.search;

import org.jspecify.annotations.NullMarked;
