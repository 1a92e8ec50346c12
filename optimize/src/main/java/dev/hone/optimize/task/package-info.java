/**
 * What an optimizer makes of the task it is given: the examples to learn from and to choose by,
 * which demos leak an answer, and how reports put things into words.
 */
@NullMarked
package dev.hone.optimize.task;

import org.jspecify.annotations.NullMarked;
