/**
 * Models that run inside the process: no key, no network.
 *
 * <p>{@link dev.hone.local.EmbeddedModel} answers prompts. The way of one call:
 *
 * <ol>
 *   <li>{@code PromptReader} turns the messages into a {@code ParsedPrompt}: the input, and the
 *       {@code PromptContext} before it, which {@code PromptContextReader} and {@code TypeReader}
 *       read once per prompt and which is kept.
 *   <li>{@code AnswerComposer} asks for each output field by its type: {@code ValueAnswerer} for
 *       allowed values, {@code TextComposer} for text, {@code NamedSpan} for text that may be
 *       absent, {@code ScalarAnswerer} (with {@code StatedLimits}) for the rest.
 *   <li>{@code ValueAnswerer} turns the context into {@code LabeledVector}s (descriptions, {@code
 *       ValueNotes}, demos) and fits a {@code ValueModel} to them.
 *   <li>{@code TextComposer} recombines sentences and {@code PromptNotes}: {@code RecordNotes} and
 *       {@code ValueNotes} within the {@code NoteScope}.
 *   <li>A request with tools goes another way: {@code AgentReader} reads tools and runs, {@code
 *       AgentAnswerer} decides the next call by {@code ToolChooser} and {@code ArgumentChooser}.
 * </ol>
 *
 * <p>{@link dev.hone.local.MiniLmEmbedder} offers the sentence embeddings behind it. What all this
 * does in numbers and formulas: {@code docs/algorithms/embedded-model.md}.
 *
 * <p>Stability: stable.
 */
@NullMarked
package dev.hone.local;

import org.jspecify.annotations.NullMarked;
