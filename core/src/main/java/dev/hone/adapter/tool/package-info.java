/**
 * Tools in prompts and replies, the same for all adapters: {@link dev.hone.adapter.tool.ToolList}
 * describes the tools, {@link dev.hone.adapter.tool.TrajectoryTurns} writes what an agent did as
 * turns of the conversation, in words or in parts, and {@link dev.hone.adapter.tool.CallReader}
 * reads calls as models write them. How sections are written is up to the adapter ({@link
 * dev.hone.adapter.tool.SectionLayout}).
 */
@NullMarked
package dev.hone.adapter.tool;

import org.jspecify.annotations.NullMarked;
