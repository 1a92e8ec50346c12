package dev.hone.adapter;

import dev.hone.adapter.frame.Block;
import dev.hone.adapter.frame.Blocks;
import dev.hone.adapter.turn.PromptText;
import dev.hone.adapter.turn.Turns;
import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.JsonObjects;
import dev.hone.json.JsonParts.Part;
import dev.hone.json.LenientJson;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the output fields out of the JSON objects of replies. */
final class JsonReplies {
  private final String reply;
  private final PromptText prompt;
  private final Echoes echoes;
  private final boolean complete;
  private final JsonShape shape;

  private JsonReplies(String reply, Echoes echoes, boolean complete) {
    this.reply = reply;
    this.prompt = echoes.text();
    this.echoes = echoes;
    this.complete = complete;
    this.shape = new JsonShape(prompt);
  }

  /**
   * Reads the values out of the JSON object of a reply that has all keys.
   *
   * @param complete whether the model ended the reply: if not, only strict JSON is whole
   * @return empty if the reply has no JSON object with any of the keys
   */
  static Optional<ObjectNode> read(String reply, Echoes echoes, boolean complete) {
    return new JsonReplies(reply, echoes, complete).choice();
  }

  /** One object with its place, and whether it is one of an array. */
  private record Found(ObjectNode object, Part part, boolean item) {}

  private Optional<ObjectNode> choice() {
    List<Part> parts = JsonObjects.of(reply, this::isTelling);
    for (Part part : parts) {
      if (isCutOff(part)) {
        throw truncated();
      }
    }
    List<Found> found = found(parts);
    List<Found> answers = new ArrayList<>(found.size());
    for (Found one : found) {
      if (isAnswer(one.object())) {
        answers.add(one);
      }
    }
    if (answers.isEmpty()) {
      return nearest();
    }
    List<Found> real = echoes.withoutLayouts(answers, one -> texts(one.object()));
    return Optional.of(answer(parts, found, real).fitting());
  }

  private Candidate answer(List<Part> parts, List<Found> found, List<Found> real) {
    AnswerChoice choice = new AnswerChoice(reply, echoes);
    if (found.size() == 1) {
      return choice.of(candidates(found, real), List.of());
    }
    List<Block> blocks = real.size() > 1 ? blocks(parts) : List.of();
    List<Found> outside = real.stream().filter(f -> !f.item() && !isIn(blocks, f)).toList();
    List<Found> counting = outside.isEmpty() ? real : outside;
    int end = counting.get(counting.size() - 1).part().end();
    refuseLost(found, counting, parts);
    List<Block> open = blocks.stream().filter(b -> b.start() >= end && b.mayAnswer()).toList();
    List<Found> rivals = real.stream().filter(f -> isIn(open, f)).toList();
    return choice.of(candidates(found, counting), candidates(rivals, rivals));
  }

  /** Refuses an output that the answers lack and another object after them has. */
  private void refuseLost(List<Found> found, List<Found> answers, List<Part> parts) {
    int from = answers.get(0).part().end();
    List<Found> later =
        found.stream()
            .filter(one -> one.part().start() >= from && !isAnswer(one.object()))
            .filter(one -> shape.hasAny(one.object()))
            .toList();
    List<Block> blocks = later.isEmpty() ? List.of() : blocks(parts);
    for (Found one : later) {
      Field lost = shape.given(one.object(), answers.stream().map(Found::object).toList());
      if (lost != null && !isIn(blocks, one)) {
        throw new ReplyFormatException(
            lost.name(),
            "The reply's JSON object has no key \"%s\", but another object after it has."
                .formatted(lost.name()));
      }
    }
  }

  private List<Found> found(List<Part> parts) {
    List<Found> found = new ArrayList<>();
    for (Part part : parts) {
      if (part.value() instanceof ObjectNode object) {
        found.add(new Found(object, part, false));
        continue;
      }
      for (JsonNode item : part.value()) {
        if (item instanceof ObjectNode object && isAnswer(object)) {
          found.add(new Found(object, part, true));
        }
      }
    }
    return found;
  }

  private List<Candidate> candidates(List<Found> found, List<Found> counting) {
    if (counting.isEmpty()) {
      return List.of();
    }
    JsonQuestions questions = new JsonQuestions(reply, echoes);
    List<Candidate> candidates = new ArrayList<>(counting.size());
    Set<Found> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
    wanted.addAll(counting);
    for (Found one : found) {
      if (wanted.contains(one)) {
        candidates.add(questions.candidate(one.object(), one.part(), () -> values(one)));
      } else if (isQuestion(one.object())) {
        questions.ask(one.object());
      }
    }
    return candidates;
  }

  /** What encloses objects and may not be around an answer. */
  private List<Block> blocks(List<Part> parts) {
    return Blocks.of(reply).stream()
        .filter(block -> !block.isFence() && !Block.isAnswer(block.name()))
        .filter(block -> parts.stream().noneMatch(part -> holds(part, block.start())))
        .toList();
  }

  private static boolean isIn(List<Block> blocks, Found found) {
    return blocks.stream().anyMatch(block -> block.holds(found.part().start()));
  }

  private static boolean holds(Part part, int index) {
    return index >= part.start() && index < part.end();
  }

  /** Whether the reply ends within an answer: what is before it was then not its last word. */
  private boolean isCutOff(Part part) {
    return part.truncated()
        && part.value() instanceof ObjectNode object
        && shape.hasAny(shape.unwrapped(object));
  }

  private boolean isTelling(JsonNode value) {
    if (value instanceof ObjectNode object) {
      return shape.hasAny(shape.unwrapped(object)) || isQuestion(object);
    }
    for (JsonNode item : value) {
      if (item instanceof ObjectNode object && isAnswer(object)) {
        return true;
      }
    }
    return false;
  }

  private boolean isQuestion(ObjectNode object) {
    for (String key : object.propertyNames()) {
      if (!echoes.isInput(key)) {
        return false;
      }
    }
    return !object.isEmpty();
  }

  private boolean isAnswer(ObjectNode object) {
    return shape.missing(withoutFillers(shape.unwrapped(object))) == null;
  }

  private ObjectNode values(Found found) {
    Part part = found.part();
    if (part.doubt() != null) {
      throw doubtful(part.doubt());
    }
    if (!complete && !part.clean()) {
      throw truncated();
    }
    shape.refuseOthers(found.object());
    return coerced(withoutFillers(shape.unwrapped(found.object())));
  }

  private static ReplyFormatException doubtful(String doubt) {
    return new ReplyFormatException("", "The reply's JSON can be read in two ways: " + doubt + ".");
  }

  private ReplyFormatException truncated() {
    return new ReplyFormatException(
        "", "The reply's JSON object ends before it is complete: " + ReplyErrors.tail(reply) + ".");
  }

  /** Reads the values out of the object that is nearest to what was asked for. */
  private Optional<ObjectNode> nearest() {
    Optional<LenientJson.Reading> reading =
        LenientJson.readObject(reply, object -> shape.missing(shape.unwrapped(object)) == null);
    if (reading.isEmpty()) {
      return Optional.empty();
    }
    LenientJson.read(reply).ifPresent(whole -> shape.refuseSeveral(whole.value()));
    ObjectNode object = withoutFillers(shape.unwrapped((ObjectNode) reading.get().value()));
    if (!shape.hasAny(object)) {
      return Optional.empty();
    }
    String doubt = reading.get().doubt();
    if (doubt != null) {
      throw doubtful(doubt);
    }
    if (reading.get().truncated() || !complete) {
      throw truncated();
    }
    Field missing = shape.missing(object);
    if (missing != null) {
      throw new ReplyFormatException(
          missing.name(),
          "The reply's JSON object has no key \"%s\", only the keys %s."
              .formatted(missing.name(), ReplyErrors.names(object.propertyNames())));
    }
    return Optional.of(coerced(object));
  }

  private ObjectNode coerced(ObjectNode object) {
    for (Field field : prompt.outputs()) {
      JsonNode value = object.get(field.name());
      if (value != null && isOfLayout(field, value)) {
        throw new ReplyFormatException(
            field.name(), field.name() + ": found what the layout has in place of the value.");
      }
    }
    try {
      return Coercion.object(prompt.outputs(), withCalls(object), "");
    } catch (TypeMismatchException e) {
      throw ReplyErrors.unfit(e);
    }
  }

  /** The object with canonical calls. */
  private ObjectNode withCalls(ObjectNode object) {
    Field field = prompt.calls().calls();
    if (field == null || !object.has(field.name())) {
      return object;
    }
    ObjectNode read = object.deepCopy();
    read.set(field.name(), echoes.callReader().ofJson(object.path(field.name())));
    return read;
  }

  /** Whether a value is the placeholder of a field, or stands for a text and is its schema. */
  private static boolean isOfLayout(Field field, JsonNode value) {
    return value.isString()
        ? Echoes.isPlaceholder(field, value.stringValue())
        : field.type() instanceof FieldType.Text && JsonShape.isSchema(field, value);
  }

  /** The texts that an object has for outputs, or the only text of a list; others are empty. */
  private Map<String, String> texts(ObjectNode object) {
    ObjectNode inner = shape.unwrapped(object);
    Map<String, String> texts = new LinkedHashMap<>();
    for (Field field : prompt.outputs()) {
      JsonNode value = inner.get(field.name());
      if (value != null) {
        JsonNode only = value.isArray() && value.size() == 1 ? value.get(0) : value;
        texts.put(field.name(), only.isString() ? only.stringValue() : "");
      }
    }
    return texts;
  }

  /** The object without the values that were copied from what fills incomplete demos. */
  private static ObjectNode withoutFillers(ObjectNode object) {
    List<String> fillers = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      JsonNode value = entry.getValue();
      if (value.isString() && value.stringValue().equals(Turns.NOT_GIVEN)) {
        fillers.add(entry.getKey());
      }
    }
    return fillers.isEmpty() ? object : object.deepCopy().remove(fillers);
  }
}
