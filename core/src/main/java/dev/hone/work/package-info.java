/**
 * Independent work on several threads: one caller and those that help it, items taken in order and
 * results handed on in order, within a window that limits the memory. Knows nothing of contexts; the caller defines how what its thread knows is carried to another one.
 */
@NullMarked
package dev.hone.work;

import org.jspecify.annotations.NullMarked;
