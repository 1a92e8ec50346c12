package dev.hone.benchmarks.sidebyside;

import dev.hone.context.Context;
import dev.hone.context.ContextCall;
import dev.hone.json.Json;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmOptions;
import dev.hone.pipeline.LmPipeline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The stand-in server: a model for programs, and the counts of what they asked. */
final class StandIn {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;

  /** A server at an address such as {@code http://127.0.0.1:8701}. */
  StandIn(String url) {
    this.url = url;
  }

  /** A context whose cache of replies is empty; a model alone would share that of its equals. */
  private Context context() {
    LanguageModel model = OpenAiModels.openAiCompatible("standin", url + "/v1", null);
    return Context.builder()
        .lm(LmPipeline.builder(model).build())
        .options(LmOptions.defaults().withTemperature(0.0).withMaxTokens(1000))
        .build();
  }

  /**
   * Runs work on the model, with an empty cache of replies, and notes its seconds and the server's
   * counts under a name.
   */
  <T> T phase(ObjectNode row, String name, ContextCall<T, RuntimeException> work) throws Exception {
    get("/reset");
    long start = System.nanoTime();
    T value = context().call(work);
    double seconds = Math.round((System.nanoTime() - start) / 1e7) / 100.0;
    ObjectNode phase = Json.object().put("seconds", seconds);
    phase.set("stats", Json.parse(get("/stats")));
    row.set(name, phase);
    return value;
  }

  /** The mean prompt tokens of a call of the task in a phase. */
  static double promptTokensPerCall(ObjectNode row, String name) {
    JsonNode task = row.path(name).path("stats").path("task");
    return task.path("prompt_tokens").asDouble() / task.path("requests").asDouble();
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }
}
