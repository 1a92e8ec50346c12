/** {@code bedrock:MODEL}. */
@NullMarked
package dev.hone.langchain4j.bedrock;

import org.jspecify.annotations.NullMarked;
