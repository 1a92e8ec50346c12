/** {@code azure-openai:DEPLOYMENT}. */
@NullMarked
package dev.hone.langchain4j.azure;

import org.jspecify.annotations.NullMarked;
