package dev.hone.adapter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.adapter.frame.HeaderNames;
import dev.hone.adapter.prose.FieldHints;
import dev.hone.adapter.prose.OwnThoughts;
import dev.hone.adapter.tool.SectionLayout;
import dev.hone.adapter.turn.PromptText;
import dev.hone.adapter.turn.Turns;
import dev.hone.adapter.xml.XmlText;
import dev.hone.adapter.xml.XmlValue;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Each field between tags of its name, in the layout {@code xml/2} of {@code docs/architecture.md}.
 *
 * <p>Texts, numbers, choices, dates and times stand there as they are, lists, maps and records as
 * JSON; {@code <v/>} is null and {@code <v></v>} an empty text. Replies are read tolerantly: tags
 * of any case and spacing, with attributes, in wrapping tags, fences or prose; lists and records as
 * tags within tags; sections with headers or a JSON object will do. A text whose closing tag is
 * missing at the end is not accepted, since it may have been cut off.
 */
final class XmlAdapter implements Adapter {
  static final XmlAdapter INSTANCE = new XmlAdapter();

  private static final Cache<Signature<?, ?>, Text> TEXTS =
      Caffeine.newBuilder().weakKeys().build();

  /** What prompts of one signature have in common. */
  private record Text(String system, String answer, String ask) {
    static Text of(Signature<?, ?> signature) {
      Text text = TEXTS.getIfPresent(signature);
      return text != null ? text : TEXTS.get(signature, Text::write);
    }

    private static Text write(Signature<?, ?> signature) {
      PromptText text = PromptText.of(signature);
      List<Field> inputs = text.calls().shown();
      List<Field> outputs = text.outputs();
      String answer = tags(outputs, FieldHints::outputPlaceholder, "\n");
      String system =
          PromptText.fields(inputs, outputs)
              + "Every message has this layout:\n\n"
              + tags(inputs, FieldHints::inputPlaceholder, "\n\n")
              + (inputs.isEmpty() ? "" : "\n\n")
              + answer
              + aboutNull(inputs, outputs);
      return new Text(system, answer, ask(outputs));
    }

    private static String tags(
        List<Field> fields, Function<Field, String> placeholder, String between) {
      return fields.stream()
          .map(field -> element(field, placeholder.apply(field)))
          .collect(Collectors.joining(between));
    }

    private static String aboutNull(List<Field> inputs, List<Field> outputs) {
      return Stream.concat(outputs.stream(), inputs.stream())
          .filter(field -> field.type() instanceof FieldType.OptionalOf)
          .findFirst()
          .map(field -> "\n\nAn empty tag is null: `<" + field.name() + "/>`.")
          .orElse("");
    }

    private static String ask(List<Field> outputs) {
      String tags =
          outputs.stream()
              .map(field -> "`<" + field.name() + ">`")
              .collect(Collectors.joining(", "));
      return outputs.size() == 1
          ? "Answer with the tag " + tags + ", and close it."
          : "Answer with the tags " + tags + ", and close each.";
    }
  }

  @Override
  public String id() {
    return "xml/2";
  }

  @Override
  public ReplyForm replyForm() {
    return ReplyForm.TAGS;
  }

  @Override
  public LmRequest render(Prompt asked, LmOptions options, Capabilities capabilities) {
    Prompt prompt = OwnThoughts.asked(asked, capabilities);
    Text text = Text.of(prompt.signature());
    SectionLayout layout = new XmlLayout(PromptText.of(prompt.signature()).names());
    return Turns.of(prompt, layout, text.system(), text.ask())
        .request(options, capabilities)
        .build();
  }

  @Override
  public ObjectNode parse(Prompt asked, LmResponse response) {
    return OwnThoughts.read(
        asked, response, prompt -> Replies.read(prompt, response, Replies.Form.TAGS));
  }

  @Override
  public LmMessage repairTurn(Signature<?, ?> signature, ReplyFormatException error) {
    HeaderNames names = PromptText.of(signature).names();
    return LmMessage.user(
        "That answer could not be read. "
            + XmlText.disguise(String.valueOf(error.getMessage()), names)
            + "\n\nAnswer again, in full and with nothing around it:\n\n"
            + Text.of(signature).answer());
  }

  /** Values between tags. */
  private record XmlLayout(HeaderNames names) implements SectionLayout {
    @Override
    public String open(String name) {
      return "<" + name + ">";
    }

    @Override
    public String close(String name) {
      return "</" + name + ">\n\n";
    }

    @Override
    public String value(JsonNode value, FieldType type) {
      if (value.isString() && !(type instanceof FieldType.Any)) {
        return XmlText.disguise(value.stringValue(), names);
      }
      return value.isNumber() || value.isBoolean()
          ? value.asString()
          : XmlText.disguiseJson(Json.write(value), names);
    }

    @Override
    public String section(String name, JsonNode value, FieldType type) {
      return value.isNull() && !(type instanceof FieldType.Any)
          ? "<" + name + "/>\n\n"
          : open(name) + value(value, type) + close(name);
    }

    @Override
    public String answer(List<Field> fields, ObjectNode values) {
      return fields.stream().map(field -> answer(field, values)).collect(Collectors.joining("\n"));
    }

    private String answer(Field field, ObjectNode values) {
      if (!Turns.isGiven(field, values)) {
        return element(field, Turns.NOT_GIVEN);
      }
      JsonNode value = values.get(field.name());
      if (value.isNull() && !(field.type() instanceof FieldType.Any)) {
        return "<" + field.name() + "/>";
      }
      String written = value(value, field.type());
      boolean text = field.type().withoutOptional() instanceof FieldType.Text;
      boolean exact = !text || !value.isString() || isReadBack(field, value, written);
      return element(field, exact ? written : XmlText.cdata(value.stringValue()));
    }

    /** Whether a text that stands as it is will be read as that, and as nothing else. */
    private boolean isReadBack(Field field, JsonNode value, String written) {
      if (written.equals(Turns.NOT_GIVEN) || Echoes.isPlaceholder(field, written)) {
        return false;
      }
      try {
        Field unlimited = Field.of(field.name(), field.type());
        return new XmlValue(names, false).read(unlimited, written.strip()).equals(value);
      } catch (TypeMismatchException e) {
        return false;
      }
    }
  }

  private static String element(Field field, String content) {
    return "<" + field.name() + ">" + content + "</" + field.name() + ">";
  }

  @Override
  public String toString() {
    return "Adapter[" + id() + "]";
  }
}
