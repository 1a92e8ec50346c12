/** The commands that look after the house: models, their replies, and the shell. */
@NullMarked
package dev.hone.cli.house;

import org.jspecify.annotations.NullMarked;
