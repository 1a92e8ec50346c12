/**
 * Prompts as the turns of a conversation, the same for all adapters: {@link
 * dev.hone.adapter.turn.PromptText} is what prompts of one signature have in common, {@link
 * dev.hone.adapter.turn.Turns} puts the turns in order, {@link dev.hone.adapter.turn.HistoryTurns}
 * writes earlier exchanges and {@link dev.hone.adapter.turn.TrajectoryTurns} what an agent did, in
 * words or in parts of messages. How sections are written is up to the adapter ({@link
 * dev.hone.adapter.tool.SectionLayout}).
 */
@NullMarked
package dev.hone.adapter.turn;

import org.jspecify.annotations.NullMarked;
