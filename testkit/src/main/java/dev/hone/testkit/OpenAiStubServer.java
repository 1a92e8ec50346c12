package dev.hone.testkit;

import dev.hone.lm.LanguageModel;
import dev.hone.modelserver.ModelServer;
import dev.hone.modelserver.ReceivedCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * An HTTP server on loopback that speaks the chat-completions protocol of OpenAI and gives the
 * answers of any Hone model: a {@link ModelServer} under its earlier name. Errors of the model
 * become the status codes of the protocol; others are injected by {@link #failNext}. Thread-safe;
 * close it after the test.
 */
public final class OpenAiStubServer implements AutoCloseable {
  private final ModelServer server;

  /** Starts a server at a free port. */
  public OpenAiStubServer(LanguageModel model) {
    server = ModelServer.builder(model).apis(ModelServer.Api.OPENAI).start();
  }

  /** The URL to give to clients, such as {@code http://127.0.0.1:40123/v1}. */
  public String baseUrl() {
    return server.baseUrl();
  }

  /**
   * Answers one of the next calls with this instead of asking the model; may be called several
   * times, for several calls.
   *
   * @param status the status code, such as 429
   * @param headers the headers, such as Retry-After
   * @param body the body, which need not be JSON
   */
  public OpenAiStubServer failNext(int status, Map<String, String> headers, String body) {
    server.failNext(status, headers, body);
    return this;
  }

  /** Delays the answer of every later call by this time. */
  public OpenAiStubServer delay(Duration value) {
    server.delay(value);
    return this;
  }

  /** Refuses every later call that does not carry this key. */
  public OpenAiStubServer requireApiKey(String value) {
    server.requireApiKey(value);
    return this;
  }

  /** The bodies of the calls so far. */
  public List<ObjectNode> bodies() {
    return server.calls().stream().map(ReceivedCall::body).toList();
  }

  /** The Authorization headers of the calls so far; empty texts for those without. */
  public List<String> authorizations() {
    return server.calls().stream().map(ReceivedCall::authorization).toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
