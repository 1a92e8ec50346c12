/**
 * The inputs and outputs of a project file: names, types, descriptions, limits and columns. Engine
 * room: may change at any time.
 */
@NullMarked
package dev.hone.project.field;

import org.jspecify.annotations.NullMarked;
