package dev.hone.project.strategy;

import dev.hone.InvalidInputException;
import dev.hone.mcp.McpTools;
import dev.hone.tool.Tool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Connections to MCP servers, made when tools are first needed and kept until closed. */
public final class ToolServers implements AutoCloseable {
  private final Map<ToolServer, McpTools> open = new java.util.LinkedHashMap<>();

  private final boolean connects;

  /** No connection yet. */
  public ToolServers() {
    this(true);
  }

  private ToolServers(boolean connects) {
    this.connects = connects;
  }

  /** No connection ever, and no tools: for programs that are looked at, and not run. */
  public static ToolServers none() {
    return new ToolServers(false);
  }

  /**
   * The tools of servers, which are connected to where they are not yet; none of {@link #none}.
   *
   * @throws InvalidInputException if a variable of the environment is missing, or a tool that is to
   *     be used
   * @throws dev.hone.HoneException if a server cannot be reached
   */
  public synchronized List<Tool> tools(List<ToolServer> servers) {
    List<Tool> tools = new ArrayList<>();
    for (ToolServer server : connects ? servers : List.<ToolServer>of()) {
      tools.addAll(open.computeIfAbsent(server, ToolServers::connect).tools());
    }
    return tools;
  }

  private static McpTools connect(ToolServer server) {
    Map<String, String> values = values(server);
    McpTools all =
        server.url().isPresent()
            ? McpTools.ofHttp(server.url().get(), values)
            : McpTools.ofCommand(server.command(), values);
    try {
      return chosen(server, all).withPrefix(server.prefix());
    } catch (InvalidInputException e) {
      all.close();
      throw e;
    }
  }

  private static McpTools chosen(ToolServer server, McpTools all) {
    McpTools chosen = server.only().isEmpty() ? all : all.only(server.only()::contains);
    Set<String> missing = new HashSet<>(server.only());
    all.only(missing::remove);
    if (!missing.isEmpty()) {
      throw InvalidInputException.of(
          "The MCP server %s has no tool %s; it has %s"
              .formatted(all.serverName(), missing, all.tools().stream().map(Tool::name).toList()),
          "correct the key only");
    }
    return chosen;
  }

  private static Map<String, String> values(ToolServer server) {
    Map<String, String> values = new TreeMap<>();
    server
        .environment()
        .forEach(
            (name, variable) -> {
              String value = System.getenv(variable);
              if (value == null) {
                throw InvalidInputException.of(
                    "The environment variable %s, which the MCP server needs, is not set"
                        .formatted(variable),
                    "set it: export %s=...".formatted(variable));
              }
              values.put(name, value);
            });
    return values;
  }

  /** Ends the connections, and with them the programs that were started. */
  @Override
  public synchronized void close() {
    open.values().forEach(McpTools::close);
    open.clear();
  }
}
