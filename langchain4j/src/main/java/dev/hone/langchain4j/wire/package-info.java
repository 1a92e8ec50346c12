/**
 * The way over HTTP and what may go wrong on it: an HTTP client that keeps what providers say of
 * waiting, bodies of several wire formats, and every failure as one of Hone's exceptions. {@link
 * dev.hone.langchain4j.wire.Endpoint} is where a model is; {@link dev.hone.lm.bridge.Secrets} keeps
 * keys out of messages and causes.
 */
@NullMarked
package dev.hone.langchain4j.wire;

import org.jspecify.annotations.NullMarked;
