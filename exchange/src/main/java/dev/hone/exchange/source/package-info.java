/**
 * Programs as source code: for Hone itself, for LangChain4j and for Spring AI. {@link
 * dev.hone.exchange.source.JavaSource}, {@link dev.hone.exchange.source.LangChain4jSource} and
 * {@link dev.hone.exchange.source.SpringAiSource} write one compilation unit each.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.exchange.source;

import org.jspecify.annotations.NullMarked;
