/**
 * How Hone puts things into words for people: numbers with their nouns, the name that was meant,
 * small letters, and texts without anything that looks like a credential.
 */
@NullMarked
package dev.hone.text;

import org.jspecify.annotations.NullMarked;
