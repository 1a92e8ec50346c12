/**
 * What the commands share: arguments and options, the model with its cache, what is printed where.
 */
@NullMarked
package dev.hone.cli.frame;

import org.jspecify.annotations.NullMarked;
