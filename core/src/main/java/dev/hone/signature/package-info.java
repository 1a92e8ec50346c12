/**
 * What one language-model call takes and returns. A {@link dev.hone.signature.Signature} is read
 * from two records or from a string; it knows the names, types, descriptions and constraints of its
 * fields, and carries values between Java and JSON.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.signature;

import org.jspecify.annotations.NullMarked;
