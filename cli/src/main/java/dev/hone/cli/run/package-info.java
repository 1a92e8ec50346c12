/**
 * Programs at work: {@code run} answers one input or a file, {@code serve} answers over HTTP on
 * this machine.
 */
@NullMarked
package dev.hone.cli.run;

import org.jspecify.annotations.NullMarked;
