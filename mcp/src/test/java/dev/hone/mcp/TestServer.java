package dev.hone.mcp;

import dev.hone.json.Json;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** A server of the SDK; as a program, over standard input and output. */
final class TestServer {
  static final String ADD_SCHEMA =
      """
      {"type": "object", "properties": {
        "a": {"type": "integer", "description": "the first"},
        "b": {"type": ["integer", "null"], "minimum": 0},
        "note": {"type": "string"}},
       "required": ["a", "b"], "x-own": {"kept": true}}\
      """;

  private TestServer() {}

  public static void main(String[] arguments) {
    if (List.of(arguments).contains("end")) {
      return;
    }
    System.err.println("started with password=verysecret");
    start(new StdioServerTransportProvider(McpJsonDefaults.getMapper()), arguments.length > 0);
  }

  /**
   * Starts it.
   *
   * @param inOrder whether calls run one after the other: the SDK's transport loses a reply that
   *     comes while another thread hands one over
   */
  static McpSyncServer start(StdioServerTransportProvider transport, boolean inOrder) {
    return McpServer.sync(transport)
        .immediateExecution(inOrder)
        .serverInfo("test-server", "1")
        .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
        .tools(
            tool("add", ADD_SCHEMA, in -> text("" + (number(in, "a") + number(in, "b")))),
            tool("draw.cat", "{\"type\": \"object\"}", in -> picture()),
            tool("fail", "{\"type\": \"object\"}", in -> failure()),
            tool(
                "throw",
                "{\"type\": \"object\"}",
                in -> {
                  throw new IllegalStateException("broken");
                }),
            tool("table", "{\"type\": \"object\"}", in -> structured()),
            tool(
                "variable",
                "{\"type\": \"object\"}",
                in -> text("" + System.getenv(in.get("name").toString()))),
            tool("wait", "{\"type\": \"object\"}", in -> forever()),
            tool(
                "die",
                "{\"type\": \"object\"}",
                in -> {
                  Runtime.getRuntime().halt(3);
                  return text("");
                }))
        .build();
  }

  static SyncToolSpecification tool(
      String name, String schema, Function<Map<String, Object>, CallToolResult> function) {
    McpSchema.Tool tool =
        McpSchema.Tool.builder(name, SchemaArguments.map((ObjectNode) Json.parse(schema)))
            .description("the tool " + name)
            .build();
    return SyncToolSpecification.builder()
        .tool(tool)
        .callHandler((exchange, request) -> function.apply(request.arguments()))
        .build();
  }

  private static long number(Map<String, Object> in, String name) {
    return in.get(name) == null ? 0 : ((Number) in.get(name)).longValue();
  }

  static CallToolResult text(String text) {
    return CallToolResult.builder().addTextContent(text).build();
  }

  private static CallToolResult picture() {
    return CallToolResult.builder()
        .content(
            List.of(
                McpSchema.TextContent.builder("a cat").build(),
                McpSchema.ImageContent.builder("AQI=", "image/png").build()))
        .build();
  }

  private static CallToolResult failure() {
    return CallToolResult.builder().addTextContent("no such file").isError(true).build();
  }

  private static CallToolResult structured() {
    return CallToolResult.builder().structuredContent(Map.of("rows", List.of(1, 2))).build();
  }

  private static CallToolResult forever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return text("late");
  }
}
