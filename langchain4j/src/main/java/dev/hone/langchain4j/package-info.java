/** LangChain4j's chat models as Hone's language models. */
@NullMarked
package dev.hone.langchain4j;

import org.jspecify.annotations.NullMarked;
