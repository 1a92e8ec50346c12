/** An application with a compiled program in it: the desk that sends tickets to teams. */
@NullMarked
package dev.hone.springboot.example;

import org.jspecify.annotations.NullMarked;
