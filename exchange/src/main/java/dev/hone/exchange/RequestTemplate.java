package dev.hone.exchange;

import dev.hone.adapter.Adapter;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** A request whose last turn has placeholders in place of inputs. */
final class RequestTemplate {
  private RequestTemplate() {}

  static LmRequest of(
      PortablePredictor predictor, Adapter adapter, UnaryOperator<String> placeholder) {
    Signature<?, ?> signature = predictor.signature();
    LmRequest whole =
        render(predictor, adapter, signature, predictor.shownDemos(), SampleInput.of(signature));
    List<Field> texts = new ArrayList<>();
    ObjectNode values = Json.object();
    for (Field field : signature.inputFields()) {
      boolean turns = SampleInput.isTurns(field.type());
      texts.add(turns ? field : Field.of(field.name(), new FieldType.Text()));
      if (turns) {
        values.putArray(field.name());
      } else {
        values.put(field.name(), placeholder.apply(field.name()));
      }
    }
    Signature<?, ?> asTexts =
        Signature.of(Codec.ofJson(texts), signature.output(), signature.instructions());
    LmRequest asked = render(predictor, adapter, asTexts, List.of(), values);
    List<LmMessage> messages = new ArrayList<>(whole.messages());
    messages.set(messages.size() - 1, asked.messages().get(asked.messages().size() - 1));
    return whole.withMessages(messages);
  }

  private static LmRequest render(
      PortablePredictor predictor,
      Adapter adapter,
      Signature<?, ?> signature,
      List<Demo> demos,
      ObjectNode inputs) {
    Prompt prompt =
        Prompt.of(signature, predictor.state().instructions(), demos, inputs)
            .withTools(predictor.tools());
    return adapter.render(prompt, LmOptions.defaults(), Capabilities.JSON_SCHEMA);
  }
}
