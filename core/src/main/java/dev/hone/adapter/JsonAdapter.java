package dev.hone.adapter;

import dev.hone.adapter.frame.HeaderText;
import dev.hone.adapter.prose.OwnThoughts;
import dev.hone.adapter.tool.CallSchema;
import dev.hone.adapter.turn.PromptText;
import dev.hone.adapter.turn.Turns;
import dev.hone.coerce.JsonSchema;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ResponseFormat;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * One JSON object, in the layout {@code json/2} of {@code docs/architecture.md}, bound to a schema
 * where the model offers that.
 *
 * <p>Replies are read tolerantly: JSON as models write it, keys in any case and with any
 * separators, inside of fences, prose or wrapping objects; sections with headers will do. An object
 * that was cut off is not accepted.
 */
final class JsonAdapter implements Adapter {
  static final JsonAdapter INSTANCE = new JsonAdapter();
  private static final int MAX_NAME_CHARS = 64;

  @Override
  public String id() {
    return "json/2";
  }

  @Override
  public ReplyForm replyForm() {
    return ReplyForm.JSON;
  }

  @Override
  public LmRequest render(Prompt asked, LmOptions options, Capabilities capabilities) {
    Prompt prompt = OwnThoughts.asked(asked, capabilities);
    PromptText text = PromptText.of(prompt.signature());
    Turns turns = Turns.of(prompt, new JsonLayout(), text.jsonSystem(), PromptText.JSON_ASK);
    LmRequest.Builder request = turns.request(options, capabilities);
    return capabilities.jsonSchema() && !turns.isNative(capabilities)
        ? request.format(format(text, prompt)).build()
        : request.build();
  }

  private static ResponseFormat format(PromptText text, Prompt prompt) {
    ObjectNode schema = JsonSchema.of(text.outputs());
    Field calls = text.calls().calls();
    if (calls != null) {
      schema.withObjectProperty("properties").set(calls.name(), CallSchema.of(prompt.tools()));
    }
    return ResponseFormat.jsonSchema(schemaName(text.outputs()), schema);
  }

  private static String schemaName(List<Field> outputs) {
    String name =
        outputs.stream()
            .map(field -> field.name().replaceAll("[^A-Za-z0-9_]", "_"))
            .collect(Collectors.joining("_"));
    return name.length() <= MAX_NAME_CHARS ? name : name.substring(0, MAX_NAME_CHARS);
  }

  @Override
  public ObjectNode parse(Prompt asked, LmResponse response) {
    return OwnThoughts.read(
        asked, response, prompt -> Replies.read(prompt, response, Replies.Form.JSON));
  }

  @Override
  public LmMessage repairTurn(Signature<?, ?> signature, ReplyFormatException error) {
    return LmMessage.user(
        "That answer could not be read. "
            + HeaderText.disguise(String.valueOf(error.getMessage()))
            + "\n\nAnswer again, with this JSON object only:\n\n"
            + PromptText.of(signature).jsonAnswer());
  }

  /** Sections of inputs as {@code chat/2} has them; an answer is an object. */
  static final class JsonLayout extends ChatAdapter.Layout {
    JsonLayout() {
      super("");
    }

    @Override
    public String answer(List<Field> fields, ObjectNode values) {
      ObjectNode answer = Json.object();
      for (Field field : fields) {
        if (Turns.isGiven(field, values)) {
          answer.set(field.name(), values.get(field.name()));
        } else {
          answer.put(field.name(), Turns.NOT_GIVEN);
        }
      }
      return HeaderText.disguiseJson(Json.write(answer));
    }
  }

  @Override
  public String toString() {
    return "Adapter[" + id() + "]";
  }
}
