/** The commands {@code hone compare} and {@code hone verify}, and programs beside each other. */
@NullMarked
package dev.hone.cli.compare;

import org.jspecify.annotations.NullMarked;
