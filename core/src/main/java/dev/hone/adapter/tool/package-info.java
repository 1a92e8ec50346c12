/**
 * Tools in prompts and replies, the same for all adapters: {@link dev.hone.adapter.tool.ToolList}
 * describes the tools, {@link dev.hone.adapter.tool.CallReader} reads calls as models write them,
 * and {@link dev.hone.adapter.tool.ToolRefusals} knows which models take no tools in requests. How
 * sections are written is up to the adapter ({@link dev.hone.adapter.tool.SectionLayout}).
 */
@NullMarked
package dev.hone.adapter.tool;

import org.jspecify.annotations.NullMarked;
