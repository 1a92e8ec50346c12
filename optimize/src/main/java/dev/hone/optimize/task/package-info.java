/**
 * What optimizers find in a task: which demos leak an answer, which parts have no effect, why
 * examples have no score, what ends a run early; and how reports put things into words.
 */
@NullMarked
package dev.hone.optimize.task;

import org.jspecify.annotations.NullMarked;
