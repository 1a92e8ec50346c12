package dev.hone.mcp;

import dev.hone.InvalidInputException;
import dev.hone.tool.Tool;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The tools of an MCP server, as they were when they were listed. Immutable and thread-safe but for
 * the connection, which all lists made from one another share: {@link #close} ends it, and with it
 * the server's process where there is one.
 *
 * <pre>{@code
 * try (McpTools files = McpTools.ofCommand("npx", "-y", "@modelcontextprotocol/server-filesystem", "/data")) {
 *   List<Tool> tools = files.withPrefix("files_").tools();
 * }
 * }</pre>
 *
 * <p>The schemas of arguments are handed on as the server has them. Arguments are checked by them
 * before they are sent: numbers and truth values that were written as texts are read as what they
 * are, null for what may be left out is left out, and what does not fit is told to the model. An
 * error of the server, its silence and its end are told, too. A call that is cancelled is no longer
 * waited for; the server is not told, since the SDK has no means to.
 *
 * <p>Names that providers do not take, as with dots, get underscores instead.
 */
public final class McpTools implements AutoCloseable {
  private final McpConnection connection;
  private final List<McpSchema.Tool> listed;
  private final String prefix;
  private final List<Tool> tools;

  private McpTools(McpConnection connection, List<McpSchema.Tool> listed, String prefix) {
    this.connection = connection;
    this.listed = List.copyOf(listed);
    this.prefix = prefix;
    List<Tool> made = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (McpSchema.Tool tool : listed) {
      McpTool one = McpTool.of(connection, tool, prefix);
      if (!names.add(one.name())) {
        throw InvalidInputException.of(
            "Two tools of the MCP server %s have the name \"%s\""
                .formatted(connection.name(), one.name()),
            "leave one of them out by only(name -> ...)");
      }
      made.add(one);
    }
    this.tools = List.copyOf(made);
  }

  /**
   * The tools of the server that a client is connected to; it is initialized if it is not. Its own
   * timeout for requests, 20 seconds by default, holds beside that of the tools. Closing these
   * closes the client.
   *
   * @throws McpUnavailableException if the server does not answer
   */
  public static McpTools of(McpSyncClient client) {
    return listed(McpConnection.of(client));
  }

  /**
   * Starts a program, and connects to it over its standard input and output. It sees the few
   * variables of the environment that the SDK hands on, such as PATH and HOME.
   *
   * @param command the program and its arguments
   * @throws McpUnavailableException if it cannot be started, or does not speak the protocol
   */
  public static McpTools ofCommand(String... command) {
    return ofCommand(List.of(command), Map.of());
  }

  /**
   * Starts a program, as {@link #ofCommand(String...)}.
   *
   * @param environment variables that it sees besides, such as credentials; never logged
   */
  public static McpTools ofCommand(List<String> command, Map<String, String> environment) {
    return listed(McpConnection.ofCommand(command, environment));
  }

  /**
   * Connects to a server over streamable HTTP.
   *
   * @param url where it is, such as {@code https://host/mcp}
   * @throws McpUnavailableException if it does not answer, or does not speak the protocol
   */
  public static McpTools ofHttp(URI url) {
    return ofHttp(url, Map.of());
  }

  /**
   * Connects to a server over streamable HTTP, as {@link #ofHttp(URI)}.
   *
   * @param headers headers of every request, such as Authorization; never logged
   */
  public static McpTools ofHttp(URI url, Map<String, String> headers) {
    return listed(McpConnection.ofHttp(url, headers));
  }

  private static McpTools listed(McpConnection connection) {
    try {
      return new McpTools(connection, connection.list(), "");
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** The tools, in the server's order. */
  public List<Tool> tools() {
    return tools;
  }

  /**
   * A copy whose tools have a prefix before the server's names, in place of one before, so that
   * those of several servers differ. As in all names, what providers do not take becomes {@code _},
   * and what is longer than 64 characters is cut.
   */
  public McpTools withPrefix(String value) {
    return new McpTools(connection, listed, value);
  }

  /** A copy of some tools only, chosen by the names that the server gives them. */
  public McpTools only(Predicate<String> names) {
    return new McpTools(
        connection, listed.stream().filter(tool -> names.test(tool.name())).toList(), prefix);
  }

  /**
   * The server's tools as they are now, all of them, with the same prefix; these stay as they are.
   *
   * @throws McpUnavailableException if the server does not answer
   */
  public McpTools refresh() {
    return new McpTools(connection, connection.list(), prefix);
  }

  /** The server's name, as it says itself. */
  public String serverName() {
    return connection.name();
  }

  /** Ends the connection and the server's process; calls under way end in errors. */
  @Override
  public void close() {
    connection.close();
  }

  /** One line, such as {@code McpTools[files: read, write]}. */
  @Override
  public String toString() {
    return "McpTools[%s: %s]"
        .formatted(connection.name(), String.join(", ", tools.stream().map(Tool::name).toList()));
  }
}
