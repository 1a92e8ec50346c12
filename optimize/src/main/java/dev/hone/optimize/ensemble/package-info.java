/** Several programs for one task as one program. */
@NullMarked
package dev.hone.optimize.ensemble;

import org.jspecify.annotations.NullMarked;
