package dev.hone.mcp;

import dev.hone.InvalidInputException;
import dev.hone.lm.LmException;
import dev.hone.text.Redaction;
import dev.hone.tool.ToolException;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to an MCP server. Thread-safe. */
final class McpConnection {
  private static final Logger LOG = LoggerFactory.getLogger(McpConnection.class);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  /** The tools' own timeouts end calls before. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofHours(24);

  private final McpSyncClient client;
  private final String name;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean gone = new AtomicBoolean();
  private final Set<Thread> callers = new HashSet<>();

  private McpConnection(McpSyncClient client, String given, @Nullable ProgramWatch program) {
    this.client = client;
    try {
      if (!client.isInitialized()) {
        client.initialize();
      }
    } catch (RuntimeException e) {
      RuntimeException cause = program == null ? e : program.causeOf(e);
      client.close();
      throw unavailable("The MCP server %s cannot be used".formatted(given), cause);
    }
    if (program != null) {
      program.answered();
      program.whenEnded(this::gone);
    }
    McpSchema.@Nullable Implementation info = client.getServerInfo();
    this.name = info == null ? given : info.name();
  }

  static McpConnection of(@Nullable McpSyncClient client) {
    if (client == null) {
      throw InvalidInputException.of("The MCP client is null", "make one by McpClient.sync(...)");
    }
    return new McpConnection(client, "of the client", null);
  }

  static McpConnection ofCommand(List<String> command, Map<String, String> environment) {
    if (command.isEmpty()) {
      throw InvalidInputException.of(
          "The command of an MCP server is empty", "pass the program and its arguments");
    }
    ServerParameters.Builder server =
        ServerParameters.builder(command.get(0)).args(command.subList(1, command.size()));
    environment.forEach(server::addEnvVar);
    StdioClientTransport transport =
        new StdioClientTransport(server.build(), McpJsonDefaults.getMapper());
    transport.setStdErrorHandler(
        line -> LOG.debug("{} says: {}", command.get(0), Redaction.of(line)));
    ProgramWatch program = new ProgramWatch();
    return new McpConnection(client(new OneAtATime(transport, program)), command.get(0), program);
  }

  static McpConnection ofHttp(URI url, Map<String, String> headers) {
    if (url.getHost() == null || url.getRawUserInfo() != null) {
      throw InvalidInputException.of(
          "The URL of an MCP server has no host, or holds a user",
          "pass one such as https://host/mcp, and credentials as headers");
    }
    String path =
        url.getRawPath() == null || url.getRawPath().isEmpty() ? "/mcp" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder(url.getScheme() + "://" + url.getRawAuthority())
            .endpoint(path + query)
            .connectTimeout(START_TIMEOUT)
            .addHttpRequestCustomizer(
                (request, method, target, body, context) -> headers.forEach(request::setHeader))
            .build();
    return new McpConnection(
        client(transport), url.getScheme() + "://" + url.getRawAuthority(), null);
  }

  private static McpSyncClient client(McpClientTransport transport) {
    return McpClient.sync(transport)
        .clientInfo(McpSchema.Implementation.builder("hone", "0.1").build())
        .initializationTimeout(START_TIMEOUT)
        .requestTimeout(REQUEST_TIMEOUT)
        .build();
  }

  /** Ends the calls under way when the program ends. */
  private void gone() {
    gone.set(true);
    synchronized (callers) {
      callers.forEach(Thread::interrupt);
    }
  }

  /** All tools of the server, of all pages. */
  List<McpSchema.Tool> list() {
    List<McpSchema.Tool> all = new ArrayList<>();
    try {
      Set<String> seen = new HashSet<>();
      McpSchema.ListToolsResult page = client.listTools(McpSchema.FIRST_PAGE);
      all.addAll(page.tools());
      while (page.nextCursor() != null && seen.add(page.nextCursor())) {
        page = client.listTools(page.nextCursor());
        all.addAll(page.tools());
      }
      return all;
    } catch (RuntimeException e) {
      throw unavailable("The MCP server %s does not list its tools".formatted(name), e);
    }
  }

  /**
   * Calls a tool, and waits for its result.
   *
   * @throws ToolException if the server refuses the call, or is not there any more
   */
  McpSchema.CallToolResult call(McpSchema.CallToolRequest request) throws InterruptedException {
    enter();
    try {
      return client.callTool(request);
    } catch (McpError e) {
      throw new ToolException("The server refused the call: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      if (gone.get() || closed.get()) {
        throw notThere(e);
      }
      if (Thread.interrupted()) {
        throw interrupted(e);
      }
      throw e;
    } finally {
      leave();
    }
  }

  private void enter() {
    synchronized (callers) {
      callers.add(Thread.currentThread());
    }
    if (gone.get() || closed.get()) {
      leave();
      throw notThere(null);
    }
  }

  private void leave() {
    synchronized (callers) {
      callers.remove(Thread.currentThread());
    }
    if (gone.get()) {
      Thread.interrupted();
    }
  }

  private ToolException notThere(@Nullable Throwable cause) {
    return new ToolException(
        "The server %s has ended, and its tools with it. Go on without them.".formatted(name),
        cause);
  }

  private static InterruptedException interrupted(RuntimeException cause) {
    InterruptedException interrupted = new InterruptedException("The call was cancelled");
    interrupted.initCause(cause);
    return interrupted;
  }

  private static RuntimeException unavailable(String what, RuntimeException cause) {
    if (Thread.currentThread().isInterrupted()) {
      return new LmException.Interrupted(what + ": interrupted", cause);
    }
    String problem = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new McpUnavailableException(
        "%s: %s. Maybe check its command or URL.".formatted(what, Redaction.of(problem)), cause);
  }

  String name() {
    return name;
  }

  void close() {
    if (!closed.getAndSet(true)) {
      client.close();
      gone();
    }
  }
}
