package dev.hone.langchain4j.batch;

import dev.hone.json.Json;
import dev.hone.langchain4j.wire.PaperClient;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.langchain4j.http.client.HttpRequest;
import java.util.List;
import java.util.Map;

/**
 * A model without a network: writes the requests of batches, and reads the replies, as in single
 * calls. Thread-safe.
 *
 * @param model built with the client
 * @param client what stands in for the network
 */
public record PaperModel(LanguageModel model, PaperClient client) {
  /** What a single call of the request would send. */
  HttpRequest sent(LmRequest request) {
    return client.sentBy(() -> model.call(request));
  }

  /** The body of that, in one line. */
  static String line(HttpRequest sent) {
    return Json.write(Json.parse(sent.body()));
  }

  /** The values of a header of that. */
  static List<String> header(HttpRequest sent, String name) {
    return sent.headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(List.of());
  }

  /**
   * The reply that a status and a body are to a request.
   *
   * @throws dev.hone.lm.LmException if they are none
   */
  LmResponse read(int status, String body, LmRequest request) {
    return client.answered(status, body, () -> model.call(request));
  }
}
