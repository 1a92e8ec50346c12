/** {@code gemini:MODEL}. */
@NullMarked
package dev.hone.langchain4j.gemini;

import org.jspecify.annotations.NullMarked;
