/** The root of Hone's exceptions. Everything a user calls lives in the packages below. */
@NullMarked
package dev.hone;

import org.jspecify.annotations.NullMarked;
