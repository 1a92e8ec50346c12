package dev.hone.testkit;

import dev.hone.json.Json;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.Image;
import dev.hone.prompt.Prompt;
import dev.hone.signature.ChatHistory;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Message;
import dev.hone.type.MessageKind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Tasks with inputs that are no sections, for {@link AdapterTurnsContract}. */
final class AdapterTurnsTask {
  static final Image PHOTO = MessagePart.image(new byte[] {1, 2, 3}, "image/png");
  static final Image LINK = MessagePart.image(URI.create("https://example.org/a.png"));

  private static final String TASK = "Answer the question.";

  private AdapterTurnsTask() {}

  private static Prompt prompt(ObjectNode input, Field... more) {
    List<Field> inputs =
        Stream.concat(List.of(more).stream(), Stream.of(Field.of("question", new FieldType.Text())))
            .toList();
    Signature<ObjectNode, ObjectNode> signature =
        Signature.of(
            Codec.ofJson(inputs),
            Codec.ofJson(
                List.of(
                    Field.of("answer", new FieldType.Text()),
                    Field.of("sure", new FieldType.Bool()))),
            TASK);
    return Prompt.of(signature, TASK, List.of(), input);
  }

  /** A question after two exchanges, one of them of another program. */
  static Prompt conversation(String question) {
    ChatHistory history =
        ChatHistory.empty()
            .plus(
                Map.of("question", "Who wrote Dubliners?"),
                Json.object().put("answer", "James Joyce").put("sure", true))
            .plus(Map.of("remark", "Thanks."), Map.of("reply", "You are welcome."));
    return conversation(history, question);
  }

  /** A question after some exchanges. */
  static Prompt conversation(ChatHistory history, String question) {
    ObjectNode input = Json.object().put("question", question);
    input.set("before", history.toJson());
    return prompt(input, Field.of("before", new Message(MessageKind.HISTORY)));
  }

  /** A question about an image and a list of two. */
  static Prompt pictures() {
    FieldType image = new Message(MessageKind.IMAGE);
    ObjectNode input = Json.object().put("question", "What is on them?");
    input.set("photo", photo());
    input
        .putArray("others")
        .add(Json.object().put("url", "https://example.org/a.png"))
        .add(photo());
    return prompt(input, Field.of("photo", image), Field.of("others", new FieldType.ListOf(image)));
  }

  private static ObjectNode photo() {
    return Json.object().put("mediaType", "image/png").put("data", "AQID");
  }
}
