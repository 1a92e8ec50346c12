/**
 * The tools of servers that speak the Model Context Protocol: {@link dev.hone.mcp.McpTools}
 * connects to one, by the protocol's official SDK, and has its tools for agents.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.mcp;

import org.jspecify.annotations.NullMarked;
