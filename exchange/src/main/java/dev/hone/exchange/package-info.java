/** Programs taken elsewhere, and brought from elsewhere. */
@NullMarked
package dev.hone.exchange;

import org.jspecify.annotations.NullMarked;
