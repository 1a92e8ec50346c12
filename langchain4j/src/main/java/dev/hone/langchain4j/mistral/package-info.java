/** {@code mistral:MODEL}. */
@NullMarked
package dev.hone.langchain4j.mistral;

import org.jspecify.annotations.NullMarked;
