package dev.hone.mcp;

import dev.hone.HoneException;
import org.jspecify.annotations.Nullable;

/** An MCP server that cannot be reached, or does not speak the protocol. */
public final class McpUnavailableException extends HoneException {
  private static final long serialVersionUID = 1L;

  McpUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
