/** Files that are written as a whole or not at all. */
@NullMarked
package dev.hone.file;

import org.jspecify.annotations.NullMarked;
