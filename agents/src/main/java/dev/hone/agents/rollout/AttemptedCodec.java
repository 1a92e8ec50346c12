package dev.hone.agents.rollout;

import dev.hone.InvalidInputException;
import dev.hone.agents.rollout.MultiChainComparison.Attempted;
import dev.hone.json.Json;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Reasoned;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.text.Excerpt;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts an input with attempts at it: the input's fields, and a list of objects with the
 * reasoning and all output fields of each. Reasoning that is too long loses its middle.
 */
record AttemptedCodec<I, O>(Signature<I, O> plain, int maxCharacters)
    implements Codec<Attempted<I, O>> {
  private static final String ATTEMPTS = "attempts";
  private static final String COMPARE =
      """


      There are several attempts at this, made independently; any of them may be wrong. Compare \
      them, check where they differ, and give the answer that is right.""";

  static <I, O> AttemptedCodec<I, O> of(Signature<I, O> signature, int maxCharacters) {
    boolean taken =
        Stream.concat(signature.inputFields().stream(), signature.outputFields().stream())
            .anyMatch(field -> field.name().equals(ATTEMPTS));
    if (taken) {
      throw InvalidInputException.of(
          "The signature %s has a field \"%s\", which MultiChainComparison adds itself"
              .formatted(signature, ATTEMPTS),
          "rename it");
    }
    return new AttemptedCodec<>(signature, maxCharacters);
  }

  AttemptedCodec<I, O> maxCharacters(int value) {
    return new AttemptedCodec<>(plain, value);
  }

  ChainOfThought<Attempted<I, O>, O> comparing(Signature<I, O> signature) {
    return ChainOfThought.of(
        Signature.of(this, signature.output(), signature.instructions() + COMPARE));
  }

  @Override
  public List<Field> fields() {
    Field reasoning = Field.of(ChainOfThought.REASONING, new FieldType.Text());
    FieldType attempt =
        new FieldType.ObjectOf(
            "Attempt", Stream.concat(Stream.of(reasoning), plain.outputFields().stream()).toList());
    Field attempts =
        new Field(
            ATTEMPTS,
            new FieldType.ListOf(attempt),
            "independent attempts at this, with what was thought and answered",
            Constraints.NONE);
    return Stream.concat(plain.inputFields().stream(), Stream.of(attempts)).toList();
  }

  @Override
  public ObjectNode encode(Attempted<I, O> value) {
    ObjectNode node = plain.input().encode(value.input());
    int most = share(value.attempts());
    ArrayNode attempts = node.putArray(ATTEMPTS);
    for (Reasoned<O> attempt : value.attempts()) {
      ObjectNode one = attempts.addObject();
      one.put(ChainOfThought.REASONING, shortened(attempt.reasoning(), most));
      one.setAll(plain.output().encode(attempt.output()));
    }
    return node;
  }

  /** The most characters of one reasoning, so that all of them together keep within the limit. */
  private int share(List<Reasoned<O>> attempts) {
    List<Integer> lengths =
        attempts.stream().map(attempt -> attempt.reasoning().length()).sorted().toList();
    int left = maxCharacters;
    for (int i = 0; i < lengths.size(); i++) {
      int share = left / (lengths.size() - i);
      if (lengths.get(i) > share) {
        return share;
      }
      left -= lengths.get(i);
    }
    return Integer.MAX_VALUE;
  }

  private static String shortened(String text, int most) {
    return Excerpt.withoutMiddle(text, most / 2, most - most / 2);
  }

  @Override
  public Attempted<I, O> decode(ObjectNode node) {
    List<Reasoned<O>> attempts = new ArrayList<>();
    for (JsonNode attempt : node.path(ATTEMPTS)) {
      if (attempt instanceof ObjectNode object) {
        attempts.add(
            new Reasoned<>(
                object.path(ChainOfThought.REASONING).asString(), plain.output().decode(object)));
      }
    }
    ObjectNode own = Json.object();
    plain.inputFields().forEach(field -> own.set(field.name(), node.path(field.name())));
    return new Attempted<>(plain.input().decode(own), attempts);
  }
}
