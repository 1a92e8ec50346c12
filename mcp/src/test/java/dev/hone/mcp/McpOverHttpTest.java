package dev.hone.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.lm.MessagePart;
import dev.hone.tool.Tool;
import dev.hone.tool.ToolOutcome;
import dev.hone.tool.ToolOutcome.Status;
import dev.hone.tool.ToolRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A small server of our own: lists in two pages, and answers with JSON. */
@Timeout(60)
class McpOverHttpTest {
  private final Queue<String> authorizations = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/tools/mcp", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tools/mcp");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      JsonNode request = Json.parse(text);
      if (!request.has("id")) {
        exchange.sendResponseHeaders(202, -1);
        return;
      }
      ObjectNode reply = Json.object().put("jsonrpc", "2.0");
      reply.set("id", request.get("id"));
      reply.set("result", result(request));
      byte[] bytes = Json.write(reply).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static JsonNode result(JsonNode request) {
    JsonNode in = request.path("params");
    return switch (request.path("method").asString("")) {
      case "initialize" ->
          Json.parse(
              """
              {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}},
               "serverInfo": {"name": "small", "version": "1"}}\
              """);
      case "tools/list" ->
          Json.parse(
              in.path("cursor").asString("").equals("2")
                  ? "{\"tools\": [{\"name\": \"two\", \"inputSchema\": {\"type\": \"object\"}}]}"
                  : "{\"tools\": [{\"name\": \"one\", \"description\": \"d\", \"inputSchema\":"
                      + " {\"type\": \"object\"}}], \"nextCursor\": \"2\"}");
      case "tools/call" ->
          Json.parse(
              "{\"content\": [{\"type\": \"text\", \"text\": \"called %s\"}, {\"type\": \"resource\", \"resource\": {\"uri\": \"file:///a\", \"text\": \"of a file\"}}]}"
                  .formatted(in.path("name").asString("")));
      default -> Json.object();
    };
  }

  private static ToolOutcome call(McpTools tools, String name) {
    return ToolRunner.of(tools.tools())
        .start()
        .outcomes(List.of(MessagePart.toolCall("1", name, "{}")))
        .get(0);
  }

  @Test
  void listsAllPagesAndCallsWithTheHeadersThatWereGiven() {
    try (McpTools tools = McpTools.ofHttp(url(), Map.of("Authorization", "Bearer t0p-secret"))) {
      assertThat(tools.tools()).extracting(Tool::name).containsExactly("one", "two");
      assertThat(call(tools, "two").result().text()).isEqualTo("called two\nof a file");
      assertThat(authorizations).isNotEmpty().allMatch("Bearer t0p-secret"::equals);
      assertThat(tools.toString()).doesNotContain("secret");
    }
  }

  @Test
  void tellsTheModelThatAServerIsGone() {
    try (McpTools tools = McpTools.ofHttp(url())) {
      server.stop(0);

      ToolOutcome outcome = call(tools, "one");

      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(outcome.result().text()).startsWith("The tool \"one\" failed:");
    }
  }

  @Test
  void saysThatAUrlCannotBeUsed() {
    assertThatThrownBy(
            () -> McpTools.ofHttp(URI.create(url().toString().replace("/tools/", "/nothing/"))))
        .isInstanceOf(McpUnavailableException.class)
        .hasMessageContaining("127.0.0.1");
    assertThatThrownBy(() -> McpTools.ofHttp(URI.create("http://me:pw@host/mcp")))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .doesNotContain("pw");
  }
}
