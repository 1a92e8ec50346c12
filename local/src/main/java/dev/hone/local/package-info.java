/** Models that run inside the process. */
@NullMarked
package dev.hone.local;

import org.jspecify.annotations.NullMarked;
