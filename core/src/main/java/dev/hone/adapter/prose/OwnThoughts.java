package dev.hone.adapter.prose;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.adapter.frame.HeaderNames;
import dev.hone.adapter.frame.ReplyText;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmResponse;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.text.FoldedName;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The outputs whose place a model's own thoughts may take, see {@link
 * dev.hone.signature.Reasoning}: not asked for where the model thinks by itself, and filled with
 * its thoughts where a reply lacks them. A section of the reply counts more than thoughts beside
 * it.
 */
public final class OwnThoughts {
  private static final Cache<Signature<?, ?>, OwnThoughts> KNOWN =
      Caffeine.newBuilder().weakKeys().build();

  private final boolean any;
  private final boolean calls;
  private final Signature<?, ?> without;
  private final Signature<?, ?> optional;

  /** Holds nothing of the signature itself, which is to be freed when nobody else has it. */
  private OwnThoughts(Signature<?, ?> signature) {
    List<Field> outputs = signature.outputFields();
    List<Field> others = outputs.stream().filter(field -> !isThought(field)).toList();
    calls = outputs.stream().anyMatch(OwnThoughts::isCalls);
    any = !others.isEmpty() && others.size() < outputs.size();
    without = with(signature, any ? others : outputs);
    optional =
        any ? with(signature, outputs.stream().map(OwnThoughts::optional).toList()) : without;
  }

  private static OwnThoughts of(Signature<?, ?> signature) {
    OwnThoughts known = KNOWN.getIfPresent(signature);
    return known != null ? known : KNOWN.get(signature, OwnThoughts::new);
  }

  private static Signature<?, ?> with(Signature<?, ?> signature, List<Field> outputs) {
    return Signature.of(
        Codec.ofJson(signature.inputFields()), Codec.ofJson(outputs), signature.instructions());
  }

  /** Whether the model's own thoughts may take the place of an output. */
  public static boolean isThought(Field field) {
    return field.type().withoutOptional() instanceof FieldType.Text text && text.reasoning();
  }

  private static boolean isCalls(Field field) {
    return field.type() instanceof FieldType.Message message
        && message.kind() == MessageKind.TOOL_CALLS;
  }

  private static Field optional(Field field) {
    return isThought(field) && !(field.type() instanceof FieldType.OptionalOf)
        ? new Field(
            field.name(),
            new FieldType.OptionalOf(field.type()),
            field.description(),
            field.constraints())
        : field;
  }

  /**
   * A prompt as a model is asked: without the thoughts where it has its own, unless these are all
   * that is asked for, or go with tool calls, which need a turn to show them in.
   */
  public static Prompt asked(Prompt prompt, Capabilities capabilities) {
    if (!capabilities.reasoning()) {
      return prompt;
    }
    OwnThoughts fields = of(prompt.signature());
    return fields.any && !fields.calls
        ? prompt
            .withSignature(fields.without)
            .withDemos(
                prompt.demos().stream().filter(demo -> fields.hasOther(demo.outputs())).toList())
        : prompt;
  }

  private boolean hasOther(ObjectNode outputs) {
    return without.outputFields().stream().anyMatch(field -> outputs.has(field.name()));
  }

  /**
   * Reads a reply, with the model's thoughts in place of those that the reply lacks; not of an
   * agent's turn, whose thought is shown again in every later turn.
   *
   * @param reader reads the reply to a prompt
   */
  public static ObjectNode read(
      Prompt prompt, LmResponse response, Function<Prompt, ObjectNode> reader) {
    OwnThoughts fields = of(prompt.signature());
    boolean taken = fields.any && !fields.calls;
    String thoughts = taken ? thoughts(prompt.signature(), response) : "";
    if (thoughts.isEmpty()) {
      return reader.apply(prompt);
    }
    HeaderNames names = names(prompt.signature());
    boolean named = fields.isNamed(ReplyText.answer(response.text(), names));
    Signature<?, ?> read = named ? fields.optional : fields.without;
    return filled(prompt.signature(), reader.apply(prompt.withSignature(read)), thoughts);
  }

  /** Whether a reply has the name of an output for thoughts, and so maybe the output. */
  private boolean isNamed(String answer) {
    String folded = FoldedName.of(answer);
    return optional.outputFields().stream()
        .filter(OwnThoughts::isThought)
        .anyMatch(field -> folded.contains(FoldedName.of(field.name())));
  }

  /** What a model thought before its answer, beside the reply or in it; empty for nothing. */
  public static String thoughts(Signature<?, ?> signature, LmResponse response) {
    String beside = response.reasoning();
    return beside != null && !beside.isBlank()
        ? beside.strip()
        : ReplyText.thoughts(response.text(), names(signature));
  }

  private static HeaderNames names(Signature<?, ?> signature) {
    return HeaderNames.of(signature.inputFields(), signature.outputFields());
  }

  /** The outputs that were read, with thoughts in place of those that lack. */
  public static ObjectNode filled(Signature<?, ?> signature, ObjectNode read, String thoughts) {
    ObjectNode outputs = Json.object();
    for (Field field : signature.outputFields()) {
      JsonNode value = read.get(field.name());
      boolean lacking =
          isThought(field) && (value == null || value.isNull() || value.asString("").isBlank());
      outputs.set(field.name(), lacking ? StringNode.valueOf(thoughts) : value);
    }
    return outputs;
  }
}
