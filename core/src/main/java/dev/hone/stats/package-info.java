/** Statistics of scores: confidence intervals and the quantiles they are made of. */
@NullMarked
package dev.hone.stats;

import org.jspecify.annotations.NullMarked;
