/** {@code anthropic:MODEL}. */
@NullMarked
package dev.hone.langchain4j.anthropic;

import org.jspecify.annotations.NullMarked;
