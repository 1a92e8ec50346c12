/**
 * Tools: what a model may call. A {@link dev.hone.tool.Tool} is made of a lambda, of a program or
 * of a retriever by {@code Tool.of}, of annotated methods by {@link dev.hone.tool.Tools}, or of
 * what another framework has; its arguments are read as outputs of a predictor are. Settings stand
 * on it: timeout, number of calls, permission, size of results ({@link dev.hone.tool.ToolLimits}).
 *
 * <p>Agents use tools by themselves. Who writes another one makes a {@link
 * dev.hone.tool.ToolRunner} of tools, a {@link dev.hone.tool.ToolRun} per run, and gives it the
 * calls of each turn; each comes back as a {@link dev.hone.tool.ToolOutcome}, whatever went wrong.
 * {@link dev.hone.tool.ToolEvent}s tell of calls as they happen.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.tool;

import org.jspecify.annotations.NullMarked;
