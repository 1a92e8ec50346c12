/** What the commands share: arguments and options, and what is printed where. */
@NullMarked
package dev.hone.cli.frame;

import org.jspecify.annotations.NullMarked;
