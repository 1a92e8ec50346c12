/**
 * COPRO: better instructions by coordinate ascent. {@link dev.hone.optimize.copro.Copro} proposes
 * several per predictor, evaluates each on the trainset, and proposes again, now that it knows what
 * the earlier ones scored.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.optimize.copro;

import org.jspecify.annotations.NullMarked;
