package dev.hone.mcp;

import dev.hone.tool.Tool;
import java.util.List;

/** The tools of an MCP server. */
public final class McpTools {
  private final List<Tool> tools;

  private McpTools(List<Tool> tools) {
    this.tools = List.copyOf(tools);
  }

  /** No tools. */
  static McpTools none() {
    return new McpTools(List.of());
  }

  /** The server's tools. */
  public List<Tool> tools() {
    return tools;
  }
}
