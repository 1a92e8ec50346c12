/** An application with an AI service of LangChain4j, and what optimizes it without a change. */
@NullMarked
package dev.hone.examples.aiservice;

import org.jspecify.annotations.NullMarked;
