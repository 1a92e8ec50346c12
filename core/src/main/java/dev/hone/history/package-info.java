/**
 * Seeing what happened, for people: {@link dev.hone.history.History} keeps the last calls with
 * their replies, {@link dev.hone.history.Verbose} prints what happens while it happens. Both are
 * listeners of a context.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.history;

import org.jspecify.annotations.NullMarked;
