/** The commands that keep house: {@code models}, {@code cache}, {@code completion}. */
@NullMarked
package dev.hone.cli.house;

import org.jspecify.annotations.NullMarked;
