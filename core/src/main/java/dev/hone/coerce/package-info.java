/**
 * From what a model or a file wrote to a value of a field's type, or an error that names the path,
 * and both readings where there are two.
 */
@NullMarked
package dev.hone.coerce;

import org.jspecify.annotations.NullMarked;
