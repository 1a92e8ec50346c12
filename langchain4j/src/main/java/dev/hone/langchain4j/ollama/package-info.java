/** {@code ollama:MODEL}. */
@NullMarked
package dev.hone.langchain4j.ollama;

import org.jspecify.annotations.NullMarked;
