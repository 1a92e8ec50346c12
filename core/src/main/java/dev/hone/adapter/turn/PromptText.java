package dev.hone.adapter.turn;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.adapter.frame.HeaderNames;
import dev.hone.adapter.frame.HeaderText;
import dev.hone.adapter.prose.FieldHints;
import dev.hone.adapter.tool.CallFields;
import dev.hone.json.Json;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.StringNode;

/**
 * What prompts of one signature have in common: everything but tools, instructions, demos and
 * input. Made once per signature object, and kept for as long as that is in use.
 *
 * @param inputs the sections that turns of the user have
 */
public record PromptText(
    List<Field> inputs,
    List<Field> outputs,
    CallFields calls,
    HeaderNames names,
    String chatSystem,
    String jsonSystem,
    String functionSystem,
    String plainSystem,
    String chatAnswer,
    String jsonAnswer,
    String chatAsk) {
  /** What stands between the system message's text and the instructions. */
  static final String TASK = "\n\nYour task:\n";

  /** What asks for an answer in JSON. */
  public static final String JSON_ASK = "Answer with the JSON object only.";

  /** The tool whose arguments are the outputs, for adapters that ask so. */
  public static final String ANSWER_TOOL = "answer";

  private static final String FUNCTION_LAYOUT =
      "Answer by calling the tool `" + ANSWER_TOOL + "`, whose arguments are the output fields.";

  private static final Cache<Signature<?, ?>, PromptText> TEXTS =
      Caffeine.newBuilder().weakKeys().build();

  /** That of a signature. */
  public static PromptText of(Signature<?, ?> signature) {
    PromptText text = TEXTS.getIfPresent(signature);
    return text != null ? text : TEXTS.get(signature, PromptText::write);
  }

  private static PromptText write(Signature<?, ?> signature) {
    CallFields calls = CallFields.of(signature);
    List<Field> inputs = calls.shown();
    List<Field> outputs = signature.outputFields();
    List<Field> questions = calls.questions();
    HeaderNames names = HeaderNames.of(questions, outputs);
    String fields = fields(inputs, outputs);
    String chatAnswer =
        sections(outputs, FieldHints::outputPlaceholder) + HeaderText.of(names.marker());
    String jsonAnswer = jsonLayout(outputs);
    String chatLayout =
        "Every message has this layout:\n\n"
            + sections(inputs, FieldHints::inputPlaceholder)
            + chatAnswer;
    String jsonLayout =
        "Answer with one JSON object with these keys, in this order:\n\n" + jsonAnswer;
    return new PromptText(
        questions,
        outputs,
        calls,
        names,
        fields + chatLayout,
        fields + jsonLayout,
        fields + FUNCTION_LAYOUT,
        plain(bullets(inputs), bullets(outputs)),
        chatAnswer,
        jsonAnswer,
        ask(outputs, names.marker()));
  }

  /** What all layouts begin with: what is to be done, and the fields. */
  public static String fields(List<Field> inputs, List<Field> outputs) {
    return "Fill in the output fields for the given input fields.\n\nInput fields:\n"
        + bullets(inputs)
        + "\nOutput fields:\n"
        + bullets(outputs)
        + "\n";
  }

  /** Asks for an answer in the words of the model. */
  private static String plain(String inputs, String outputs) {
    return "You are given:\n"
        + inputs
        + "\nYour answer must tell:\n"
        + outputs
        + "\nAnswer in your own words, in plain text. Say each of these clearly and settle on one"
        + " value; where there is none, say so.";
  }

  private static String bullets(List<Field> fields) {
    return fields.stream().map(FieldHints::bullet).collect(Collectors.joining());
  }

  private static String sections(List<Field> fields, Function<Field, String> placeholder) {
    return fields.stream()
        .map(field -> HeaderText.of(field.name()) + "\n" + placeholder.apply(field) + "\n\n")
        .collect(Collectors.joining());
  }

  private static String jsonLayout(List<Field> outputs) {
    return outputs.stream()
        .map(field -> "  " + json(field.name()) + ": " + json(FieldHints.outputPlaceholder(field)))
        .collect(Collectors.joining(",\n", "{\n", "\n}"));
  }

  private static String json(String text) {
    return Json.write(StringNode.valueOf(text));
  }

  private static String ask(List<Field> outputs, String marker) {
    String headers =
        outputs.stream()
            .map(field -> "`" + HeaderText.of(field.name()) + "`")
            .collect(Collectors.joining(", "));
    String noun = outputs.size() == 1 ? "section " : "sections ";
    return "Answer with the " + noun + headers + " and end with `" + HeaderText.of(marker) + "`.";
  }
}
