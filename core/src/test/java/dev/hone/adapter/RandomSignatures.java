package dev.hone.adapter;

import dev.hone.coerce.Coercion;
import dev.hone.json.Json;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Allowed;
import dev.hone.type.FieldType.TemporalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Makes random signatures, and random canonical values for them. */
final class RandomSignatures {
  private static final String[] NAMES = {
    "answer", "final_answer", "severity", "größe", "score", "completed", "x1", "reasonWhy", "label"
  };
  private static final String[] WORDS = {
    "a",
    "no",
    "[[ ## answer ## ]]",
    "## score ##",
    "\\## x1 ##",
    "{\"answer\": 1}",
    "```",
    "\n",
    "\n\n",
    "<b>",
    "\"",
    "'",
    "\\",
    "é",
    "\ud83d\ude00",
    "**LOW**",
    "- item",
    "null",
    ",",
    "completed",
    "[[ ## severity ## ]]\nLOW",
    "###",
    "[",
    "}",
    "<answer>",
    "</answer>",
    "<score/>",
    "</ final answer >",
    "<\\/x1>",
    "&amp;",
    "&lt;b&gt;",
    "&#33;",
    "&",
    "<![CDATA[",
    "]]>",
    "<",
    "</label"
  };

  private final SplittableRandom random;

  RandomSignatures(long seed) {
    this.random = new SplittableRandom(seed);
  }

  Signature<ObjectNode, ObjectNode> signature() {
    List<String> names = new ArrayList<>(List.of(NAMES));
    List<Field> inputs = fields(1 + random.nextInt(2), names);
    List<Field> outputs = fields(1 + random.nextInt(4), names);
    return Signature.of(Codec.ofJson(inputs), Codec.ofJson(outputs), "Do it.");
  }

  private List<Field> fields(int count, List<String> names) {
    return IntStream.range(0, count)
        .mapToObj(i -> Field.of(names.remove(random.nextInt(names.size())), type(2)))
        .toList();
  }

  private FieldType type(int depth) {
    int kind = random.nextInt(depth == 0 ? 6 : 11);
    return switch (kind) {
      case 0 -> new FieldType.Text();
      case 1 -> new FieldType.Whole(new int[] {0, 8, 32, 64}[random.nextInt(4)]);
      case 2 -> new FieldType.Decimal(random.nextBoolean());
      case 3 -> new FieldType.Bool();
      case 4 -> choice();
      case 5 -> new FieldType.Temporal(TemporalKind.DATE);
      case 6 -> new FieldType.ListOf(type(depth - 1));
      case 7 -> new FieldType.SetOf(type(depth - 1));
      case 8 ->
          new FieldType.MapOf(
              random.nextBoolean() ? choice() : new FieldType.Text(), type(depth - 1));
      case 9 -> optional(type(depth - 1));
      default ->
          new FieldType.ObjectOf(
              "Thing",
              List.of(
                  Field.of("answer", type(depth - 1)),
                  new Field("size", type(depth - 1), "how big", Constraints.NONE)));
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

  ObjectNode values(List<Field> fields) {
    ObjectNode object = Json.object();
    fields.forEach(field -> object.set(field.name(), value(field.type())));
    return Coercion.object(fields, object, "");
  }

  private JsonNode value(FieldType type) {
    if (type instanceof FieldType.Text) {
      return StringNode.valueOf(text());
    }
    if (type instanceof FieldType.Whole whole) {
      return Json.parse(
          String.valueOf(random.nextInt(-100, 100) * (whole.bits() == 8 ? 1L : 10_000_000L)));
    }
    if (type instanceof FieldType.Decimal) {
      return Json.parse(
          String.valueOf(
              random.nextInt(-9999, 9999) / 100.0 * Math.pow(10, random.nextInt(-9, 9))));
    }
    if (type instanceof FieldType.Bool) {
      return Json.parse(String.valueOf(random.nextBoolean()));
    }
    if (type instanceof FieldType.Choice choice) {
      return StringNode.valueOf(choice.names().get(random.nextInt(choice.names().size())));
    }
    if (type instanceof FieldType.Temporal) {
      return StringNode.valueOf(java.time.LocalDate.ofEpochDay(random.nextInt(40_000)).toString());
    }
    if (type instanceof FieldType.OptionalOf optional) {
      return random.nextBoolean() ? Json.parse("null") : value(optional.type());
    }
    return container(type);
  }

  private JsonNode container(FieldType type) {
    ObjectNode object = Json.object();
    if (type instanceof FieldType.ObjectOf thing) {
      thing.fields().forEach(field -> object.set(field.name(), value(field.type())));
      return object;
    }
    int size = random.nextInt(4);
    if (type instanceof FieldType.MapOf map) {
      for (int i = 0; i < size; i++) {
        object.set(value(map.key()).stringValue(), value(map.value()));
      }
      return object;
    }
    FieldType item =
        type instanceof FieldType.ListOf list ? list.item() : ((FieldType.SetOf) type).item();
    ArrayNode array = Json.array();
    for (int i = 0; i < size; i++) {
      array.add(value(item));
    }
    return array;
  }

  /** Text without white space at its ends, which sections do not keep. */
  String text() {
    StringBuilder text = new StringBuilder("t");
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(random.nextBoolean() ? " " : "").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString().strip();
  }
}
