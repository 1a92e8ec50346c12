package dev.hone.project.strategy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An MCP server of a project file.
 *
 * @param command the program that is started, with its arguments; empty where there is a URL
 * @param url where it is
 * @param environment the names of variables of this process that the program sees, or that headers
 *     are made of; values are never in the file
 * @param only the tools that are used; empty for all
 * @param prefix stands before the names of its tools
 */
public record ToolServer(
    List<String> command,
    Optional<URI> url,
    Map<String, String> environment,
    List<String> only,
    String prefix) {
  /** Copies the collections. */
  public ToolServer {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    only = List.copyOf(only);
  }

  /** Names of variables only: values may be credentials. */
  @Override
  public String toString() {
    return "ToolServer[%s, %s]"
        .formatted(url.map(URI::getHost).orElseGet(() -> command.get(0)), environment.keySet());
  }
}
