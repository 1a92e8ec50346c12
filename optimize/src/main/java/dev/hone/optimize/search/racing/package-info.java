/** Racing. */
@NullMarked
package dev.hone.optimize.search.racing;

import org.jspecify.annotations.NullMarked;
