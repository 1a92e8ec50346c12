/**
 * The root of Hone's exceptions. Everything a user calls lives in the packages below.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone;

import org.jspecify.annotations.NullMarked;
