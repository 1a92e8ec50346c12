/**
 * Several programs for one task as one program.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.optimize.ensemble;

import org.jspecify.annotations.NullMarked;
