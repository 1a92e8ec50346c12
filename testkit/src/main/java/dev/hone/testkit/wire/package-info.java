/**
 * The contract of a bridge: a {@link dev.hone.lm.LanguageModel} that speaks a provider's wire
 * format.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.testkit.wire;

import org.jspecify.annotations.NullMarked;
