package dev.hone.langchain4j.gemini;

import dev.hone.json.Json;
import dev.hone.langchain4j.wire.BodyReader;
import dev.hone.langchain4j.wire.JsonBody;
import java.net.URI;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gemini's bodies, with what LangChain4j's class cannot do without and Google leaves out at times:
 * the counts of tokens, and the content of a candidate that was stopped before it began.
 */
final class GeminiBody implements BodyReader {
  private static final BodyReader JSON =
      new JsonBody("Gemini's protocol", List.of("candidates", "promptFeedback"));

  @Override
  public String read(URI uri, String body) {
    ObjectNode tree = (ObjectNode) Json.parse(JSON.read(uri, body));
    if (!tree.path("usageMetadata").isObject()) {
      tree.putObject("usageMetadata");
    }
    for (JsonNode candidate : tree.path("candidates")) {
      if (candidate instanceof ObjectNode one && !one.path("content").path("parts").isArray()) {
        one.putObject("content").put("role", "model").putArray("parts");
      }
    }
    return Json.write(tree);
  }
}
