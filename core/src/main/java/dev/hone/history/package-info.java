/**
 * Seeing what happened, for people: {@link dev.hone.history.History} keeps the last calls with
 * their replies, {@link dev.hone.history.Verbose} prints what happens while it happens; both are
 * listeners of a context. {@link dev.hone.history.JoinedEvaluations} shows what became of each
 * example in two evaluations.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.history;

import org.jspecify.annotations.NullMarked;
