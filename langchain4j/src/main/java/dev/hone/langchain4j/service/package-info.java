/**
 * AI services that exist already, optimized without a change to them.
 *
 * <p>{@link dev.hone.langchain4j.service.AiServiceProgram} takes a method of an interface that
 * LangChain4j's {@code AiServices} would implement, with its {@code @SystemMessage}, its
 * {@code @UserMessage} template, its parameters and its return type, and makes a program of it.
 * What an optimizer finds goes back behind the same interface. {@code ServiceMethod} reads the
 * method, {@code TunedService} is the interface's implementation.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.langchain4j.service;

import org.jspecify.annotations.NullMarked;
