package dev.hone.benchmarks.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hone.examples.service.Tenant;
import dev.hone.examples.service.TenantLoad;
import dev.hone.examples.service.TenantService;
import dev.hone.examples.service.TenantService.Snippet;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same HTTP server with the same models and nothing of Hone's between: the prompt is a text
 * with a gap for the snippet, and the reply is sent as it came.
 */
final class BareServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String GAP = "THE-GAP";

  private final HttpServer server;
  private final ExecutorService threads;
  private final Map<String, LanguageModel> modelByToken = new HashMap<>();
  private final LmRequest prompt;

  private BareServer(HttpServer server, ExecutorService threads, TenantLoad load) {
    this.server = server;
    this.threads = threads;
    for (Tenant tenant : load.tenants()) {
      modelByToken.put(tenant.token(), load.model(tenant));
    }
    this.prompt =
        dev.hone.context.Context.builder()
            .lm(load.model(load.tenants().get(0)))
            .build()
            .call(() -> TenantService.PROGRAM.render(new Snippet(GAP)));
  }

  static BareServer start(TenantLoad load) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newFixedThreadPool(32);
    BareServer bare = new BareServer(server, threads, load);
    server.createContext("/", bare::handle);
    server.setExecutor(threads);
    server.start();
    return bare;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String token =
        exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length());
    String snippet =
        JSON.readTree(exchange.getRequestBody().readAllBytes()).get("snippet").stringValue();
    List<LmMessage> messages = new ArrayList<>();
    for (LmMessage message : prompt.messages()) {
      messages.add(
          message.text().contains(GAP)
              ? LmMessage.user(message.text().replace(GAP, snippet))
              : message);
    }
    String reply =
        Objects.requireNonNull(modelByToken.get(token)).call(prompt.withMessages(messages)).text();
    byte[] bytes = JSON.writeValueAsString(Map.of("reply", reply)).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
