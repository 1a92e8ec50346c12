package dev.hone.replies;

import dev.hone.adapter.Adapter;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Allowed;
import dev.hone.type.FieldType.TemporalKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** A random signature, and random values for its fields. Equal seeds make equal tasks. */
final class RandomTask {
  private static final List<String> INPUTS = List.of("text", "question", "tip");
  private static final List<String> OUTPUTS =
      List.of("answer", "final_answer", "severity", "größe", "score", "x1", "reasonWhy", "label");
  private static final String[] WORDS = {
    "the",
    "lamp",
    "is",
    "lit",
    "river",
    "slowly",
    "goes",
    "on",
    "seven",
    "grey",
    "geese",
    "and",
    "café",
    "ночь",
    "later.",
    "(so)",
    "house,",
    "well-known",
    "why?",
    "it's"
  };
  private static final String[] STRUCTURE = {
    "[[ ## answer ## ]]",
    "## score ##",
    "{\"answer\": 1}",
    "```",
    "\n",
    "\n\n",
    "<b>",
    "\"",
    "'",
    "\\",
    "**LOW**",
    "- item",
    "null",
    ",",
    "###",
    "[",
    "}",
    "// x",
    "#",
    "<think>",
    "</answer>",
    "<score>",
    "&amp;",
    "<![CDATA[",
    "😀"
  };

  private final SplittableRandom random;
  private final boolean plain;
  private final Signature<ObjectNode, ObjectNode> signature;

  /**
   * Makes a signature.
   *
   * @param plain whether texts are words only, so that nothing in them looks like a frame
   */
  RandomTask(long seed, boolean plain) {
    this.random = new SplittableRandom(seed);
    this.plain = plain;
    this.signature =
        Signature.of(
            Codec.ofJson(fields(INPUTS, 1 + random.nextInt(2), 0)),
            Codec.ofJson(fields(OUTPUTS, 1 + random.nextInt(plain ? 3 : 4), 2)),
            "Do it.");
  }

  Signature<ObjectNode, ObjectNode> signature() {
    return signature;
  }

  List<Field> outputs() {
    return signature.outputFields();
  }

  private List<Field> fields(List<String> from, int count, int depth) {
    List<String> names = new ArrayList<>(from);
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = names.remove(random.nextInt(names.size()));
      FieldType type = depth == 0 ? new FieldType.Text() : type(depth);
      fields.add(new Field(name, type, "", depth == 0 ? Constraints.NONE : limits(type)));
    }
    return fields;
  }

  private Constraints limits(FieldType type) {
    if (type instanceof FieldType.Decimal && random.nextBoolean()) {
      return new Constraints(-100_000, 100_000, 0, Integer.MAX_VALUE);
    }
    return type instanceof FieldType.ListOf && random.nextBoolean()
        ? new Constraints(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 3)
        : Constraints.NONE;
  }

  private FieldType type(int depth) {
    return switch (random.nextInt(depth == 0 ? 7 : 12)) {
      case 0, 1 -> new FieldType.Text();
      case 2 -> new FieldType.Whole(random.nextBoolean() ? 32 : 64);
      case 3 -> new FieldType.Decimal(random.nextBoolean());
      case 4 -> new FieldType.Bool();
      case 5 -> choice();
      case 6 -> new FieldType.Temporal(TemporalKind.DATE);
      case 7 -> new FieldType.ListOf(type(depth - 1));
      case 8 -> new FieldType.SetOf(random.nextBoolean() ? choice() : new FieldType.Text());
      case 9 ->
          new FieldType.MapOf(
              random.nextBoolean() ? choice() : new FieldType.Text(), type(depth - 1));
      case 10 -> optional(type(depth - 1));
      default ->
          new FieldType.ObjectOf(
              "Thing",
              List.of(Field.of("name", new FieldType.Text()), Field.of("size", type(depth - 1))));
    };
  }

  private static FieldType optional(FieldType type) {
    return type instanceof FieldType.OptionalOf ? type : new FieldType.OptionalOf(type);
  }

  private static FieldType choice() {
    return new FieldType.Choice(
        List.of(
            new Allowed("LOW", "harmless"), new Allowed("very_high", ""), new Allowed("C++", "")));
  }

  /** Random values of all outputs. */
  ObjectNode values() {
    ObjectNode object = Json.object();
    outputs().forEach(field -> object.set(field.name(), value(field.type())));
    return object;
  }

  /** Random values of all outputs that differ from others in at least one of them. */
  ObjectNode otherThan(ObjectNode values) {
    ObjectNode other = values();
    while (SameValue.of(outputs(), values, other)) {
      other = values();
    }
    return other;
  }

  /** Random values of all inputs. */
  ObjectNode input() {
    ObjectNode object = Json.object();
    signature.inputFields().forEach(field -> object.put(field.name(), words()));
    return object;
  }

  private JsonNode value(FieldType type) {
    if (type instanceof FieldType.Text) {
      return StringNode.valueOf(plain ? words() : text());
    }
    if (type instanceof FieldType.Whole) {
      return Json.parse(String.valueOf(random.nextInt(-100, 100) * 1_003L));
    }
    if (type instanceof FieldType.Decimal) {
      return Json.parse(String.valueOf(random.nextInt(-9999, 9999) / 100.0));
    }
    if (type instanceof FieldType.Bool) {
      return Json.parse(String.valueOf(random.nextBoolean()));
    }
    if (type instanceof FieldType.Choice choice) {
      return StringNode.valueOf(choice.names().get(random.nextInt(choice.names().size())));
    }
    if (type instanceof FieldType.Temporal) {
      return StringNode.valueOf(LocalDate.ofEpochDay(random.nextInt(40_000)).toString());
    }
    if (type instanceof FieldType.OptionalOf optional) {
      return random.nextInt(3) == 0 ? Json.parse("null") : value(optional.type());
    }
    return container(type);
  }

  private JsonNode container(FieldType type) {
    int size = random.nextInt(4);
    if (type instanceof FieldType.ObjectOf thing) {
      ObjectNode object = Json.object();
      thing.fields().forEach(field -> object.set(field.name(), value(field.type())));
      return object;
    }
    if (type instanceof FieldType.MapOf map) {
      ObjectNode object = Json.object();
      for (int i = 0; i < size; i++) {
        object.set(value(map.key()).stringValue(), value(map.value()));
      }
      return object;
    }
    ArrayNode array = Json.array();
    boolean distinct = type instanceof FieldType.SetOf;
    FieldType item = distinct ? ((FieldType.SetOf) type).item() : ((FieldType.ListOf) type).item();
    for (int i = 0; i < size; i++) {
      JsonNode value = value(item);
      if (!distinct || array.valueStream().noneMatch(value::equals)) {
        array.add(value);
      }
    }
    return array;
  }

  /** Two to six words. */
  String words() {
    StringBuilder text = new StringBuilder(WORDS[random.nextInt(WORDS.length)]);
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }

  private String text() {
    StringBuilder text = new StringBuilder("t");
    for (int i = random.nextInt(6); i > 0; i--) {
      String[] from = random.nextInt(3) == 0 ? STRUCTURE : WORDS;
      text.append(random.nextBoolean() ? " " : "").append(from[random.nextInt(from.length)]);
    }
    return text.toString().strip();
  }

  /** The reply that states values, as the adapter itself shows it in a demo. */
  String reply(Adapter adapter, ObjectNode values) {
    return messages(adapter, values).get(2).text();
  }

  /** The system message. */
  String system(Adapter adapter) {
    return messages(adapter, values()).get(0).text();
  }

  private List<LmMessage> messages(Adapter adapter, ObjectNode values) {
    Demo demo = new Demo(input(), values, Demo.Origin.LABELED, "");
    return adapter
        .render(
            Prompt.of(signature, "Do it.", List.of(demo), demo.inputs()),
            LmOptions.defaults(),
            Capabilities.TEXT)
        .messages();
  }
}
