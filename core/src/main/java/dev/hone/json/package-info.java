/**
 * JSON is the spine of Hone: between records and prompts every value is a Jackson tree. This
 * package holds the one mapper, the canonical form with its fingerprint, and the tolerant reader
 * for what models write, which says where that has more than one reading.
 */
@NullMarked
package dev.hone.json;

import org.jspecify.annotations.NullMarked;
