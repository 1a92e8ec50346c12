/** Demo tasks and their data. */
@NullMarked
package dev.hone.examples;

import org.jspecify.annotations.NullMarked;
