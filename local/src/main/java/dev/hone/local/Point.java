package dev.hone.local;

import java.util.Set;

/**
 * One piece of evidence: a text with the values that it has.
 *
 * @param vector the text's vector
 * @param values the values
 * @param noise how little it is trusted; added to the diagonal of the kernel
 */
record Point(float[] vector, Set<String> values, double noise) {}
