/**
 * What models are known to offer without asking them, by a dated table, and what they are found to
 * offer by asking.
 */
@NullMarked
package dev.hone.langchain4j.known;

import org.jspecify.annotations.NullMarked;
