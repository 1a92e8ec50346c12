/** Programs at work: {@code run} answers one input or the rows of a file. */
@NullMarked
package dev.hone.cli.run;

import org.jspecify.annotations.NullMarked;
