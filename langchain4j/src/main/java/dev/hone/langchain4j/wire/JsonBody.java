package dev.hone.langchain4j.wire;

import dev.langchain4j.exception.ContentFilteredException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Bodies that are one JSON object with at least one of some keys; all else is refused with words
 * that a person understands.
 *
 * @param format what the wire format is called, such as {@code Anthropic's protocol}
 * @param keys of which a reply has one
 */
public record JsonBody(String format, List<String> keys) implements BodyReader {
  /** Copies the list. */
  public JsonBody {
    keys = List.copyOf(keys);
  }

  @Override
  public String read(URI uri, String body) {
    String text = body.strip();
    Optional<JsonNode> parsed = Completion.parse(text);
    if (text.isEmpty() || parsed.isEmpty()) {
      throw ForeignReply.unreadable(uri, text, format);
    }
    JsonNode tree = parsed.get();
    if (Completion.isError(tree.path("error"))) {
      throw ForeignReply.failure(tree.path("error"), body);
    }
    JsonNode blocked = tree.path("promptFeedback").path("blockReason");
    if (blocked.isString()) {
      throw new ContentFilteredException("the prompt is blocked (" + blocked.stringValue() + ")");
    }
    if (keys.stream().noneMatch(tree::has)) {
      throw ForeignReply.foreign(uri, "JSON without " + String.join(" or ", keys), text, format);
    }
    return text;
  }
}
