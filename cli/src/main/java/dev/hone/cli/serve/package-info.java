/** Programs at work for others: {@code serve} answers over HTTP on this machine. */
@NullMarked
package dev.hone.cli.serve;

import org.jspecify.annotations.NullMarked;
