/**
 * The commands {@code show}, {@code export} and {@code import}: a program as it is sent, taken
 * elsewhere, brought from elsewhere.
 */
@NullMarked
package dev.hone.cli.exchange;

import org.jspecify.annotations.NullMarked;
