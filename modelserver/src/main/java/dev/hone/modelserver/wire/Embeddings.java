package dev.hone.modelserver.wire;

import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import dev.hone.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's embeddings, as numbers or as Base64. Tokens are a quarter of the characters. */
public final class Embeddings {
  private static final int CHARACTERS_PER_TOKEN = 4;

  private Embeddings() {}

  /** What is answered to a request for vectors. */
  public static ObjectNode answer(ObjectNode asked, Embedder embedder) {
    List<String> texts = texts(asked.path("input"));
    boolean base64 = asked.path("encoding_format").asString("float").equals("base64");
    ObjectNode body = Json.object().put("object", "list");
    ArrayNode data = body.putArray("data");
    long characters = 0;
    for (String text : texts) {
      Embedding embedding = embedder.embed(text);
      ObjectNode one = data.addObject().put("object", "embedding").put("index", data.size() - 1);
      if (base64) {
        one.put("embedding", embedding.toBase64());
      } else {
        ArrayNode numbers = one.putArray("embedding");
        for (float number : embedding.toArray()) {
          numbers.add(number);
        }
      }
      characters += text.length();
    }
    long tokens = (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    body.put("model", asked.path("model").asString(""));
    body.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
    return body;
  }

  private static List<String> texts(JsonNode input) {
    List<String> texts = new ArrayList<>();
    if (input.isString()) {
      texts.add(input.asString());
    }
    for (JsonNode one : input) {
      if (!one.isString()) {
        throw new IllegalArgumentException("input is no text and no list of texts");
      }
      texts.add(one.asString());
    }
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("input is empty or missing");
    }
    return texts;
  }
}
