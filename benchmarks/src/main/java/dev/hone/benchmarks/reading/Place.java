package dev.hone.benchmarks.reading;

import dev.hone.InvalidInputException;
import dev.hone.adapter.Adapter;
import dev.hone.adapter.ReplyFormatException;
import dev.hone.data.Dataset;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A place where a text is read: a reply of an adapter, a data file, a prompt that is rendered.
 *
 * @param name what is read, and for which type
 * @param work reads a text to its end; a refusal is as good as a value
 */
record Place(String name, Work work) {
  /** Reads a text. */
  @FunctionalInterface
  interface Work {
    void read(String text);
  }

  private static final Map<String, FieldType> TYPES = types();

  /** All places. */
  static List<Place> all() {
    List<Place> places = new ArrayList<>();
    TYPES.forEach(
        (name, type) -> {
          Signature<ObjectNode, ObjectNode> one = signature(type);
          places.add(chat("section of a " + name, one, Place::section));
          places.add(chat("chat reply for a " + name, one, text -> text));
          places.add(xml("value in tags for a " + name, one, Place::tags));
          places.add(xml("reply in tags for a " + name, one, text -> text));
          places.add(json("JSON reply for a " + name, one, text -> text));
          places.add(json("JSON member for a " + name, one, text -> "{\"v\": " + text + "}"));
          places.add(json("JSON text for a " + name, one, text -> "{\"v\": \"" + text + "\"}"));
          places.add(
              chat("item in quotes for a " + name, one, text -> section("[\"" + text + "\"]")));
          places.add(new Place("JSON line for a " + name, text -> jsonl(one, text)));
          places.add(new Place("CSV cell for a " + name, text -> csv(one, text)));
        });
    Signature<ObjectNode, ObjectNode> four =
        Signature.parse("text -> a: str?, b: str?, c: str?, v: str");
    places.add(chat("chat reply for four fields", four, text -> text));
    places.add(json("JSON reply for four fields", four, text -> text));
    places.add(xml("reply in tags for four fields", four, text -> text));
    places.add(xml("tags before four fields", four, text -> text + "<a>x</a><b/><c/><v>x</v>"));
    Signature<ObjectNode, ObjectNode> two =
        Signature.parse("text -> kind: enum[A|B], v: str, list: list[str]");
    places.add(
        chat(
            "first of three sections",
            two,
            text -> "[[ ## kind ## ]]\n" + text + "\n\n[[ ## v ## ]]\nx\n[[ ## list ## ]]\n[]"));
    places.add(new Place("prompt that is rendered", text -> render(two, text)));
    places.add(new Place("turn that asks for a repair", text -> repair(two, text)));
    return places;
  }

  private static Map<String, FieldType> types() {
    Map<String, FieldType> types = new LinkedHashMap<>();
    for (String form :
        List.of(
            "str",
            "enum[A|B]",
            "int",
            "float",
            "date",
            "list[str]",
            "list[int]?",
            "set[str]",
            "set[int]",
            "set[enum[A|B]]",
            "dict[str, int]",
            "json")) {
      types.put(form, Signature.parse("text -> v: " + form).outputFields().get(0).type());
    }
    FieldType.ObjectOf record =
        new FieldType.ObjectOf(
            "Thing",
            List.of(
                Field.of("name", new FieldType.Text()),
                Field.of("size", new FieldType.OptionalOf(new FieldType.Whole(64)))));
    types.put("record", record);
    types.put("list of records", new FieldType.ListOf(record));
    types.put("tool calls", new FieldType.Message(MessageKind.TOOL_CALLS));
    return types;
  }

  private static Signature<ObjectNode, ObjectNode> signature(FieldType type) {
    return Signature.of(
        Codec.ofJson(List.of(Field.of("text", new FieldType.Text()))),
        Codec.ofJson(List.of(Field.of("v", type))),
        "Do.");
  }

  private static String section(String text) {
    return "[[ ## v ## ]]\n" + text + "\n\n[[ ## completed ## ]]";
  }

  private static String tags(String text) {
    return "<v>" + text + "</v>";
  }

  private static Place xml(
      String name, Signature<ObjectNode, ObjectNode> signature, UnaryOperator<String> reply) {
    return new Place(name, text -> parse(Adapter.xml(), signature, reply.apply(text)));
  }

  private static Place chat(
      String name, Signature<ObjectNode, ObjectNode> signature, UnaryOperator<String> reply) {
    return new Place(name, text -> parse(Adapter.chat(), signature, reply.apply(text)));
  }

  private static Place json(
      String name, Signature<ObjectNode, ObjectNode> signature, UnaryOperator<String> reply) {
    return new Place(name, text -> parse(Adapter.json(), signature, reply.apply(text)));
  }

  private static void parse(Adapter adapter, Signature<?, ?> signature, String reply) {
    try {
      adapter.parse(
          Prompt.of(signature, "Do.", List.of(), Json.object().put("text", "x")),
          LmResponse.of(reply, LmUsage.UNKNOWN, "none"));
    } catch (ReplyFormatException refused) {
      if (String.valueOf(refused.getMessage()).length() > 5_000) {
        throw new IllegalStateException(
            "a message of " + String.valueOf(refused.getMessage()).length(), refused);
      }
    }
  }

  private static void render(Signature<?, ?> signature, String text) {
    for (Adapter adapter : List.of(Adapter.chat(), Adapter.xml())) {
      adapter.render(
          Prompt.of(signature, "Do.", List.of(), Json.object().put("text", text)),
          LmOptions.defaults(),
          Capabilities.TEXT);
    }
  }

  private static void repair(Signature<?, ?> signature, String text) {
    Adapter.chat().repairTurn(signature, new ReplyFormatException("v", text));
  }

  private static void jsonl(Signature<?, ?> signature, String text) {
    load(".jsonl", "{\"text\":\"a\",\"v\":" + text.replaceAll("\\R", " ") + "}\n", signature);
  }

  private static void csv(Signature<?, ?> signature, String text) {
    load(".csv", "text,v\na,\"" + text.replace("\"", "\"\"") + "\"\n", signature);
  }

  private static void load(String suffix, String content, Signature<?, ?> signature) {
    try {
      Path file = Files.createTempFile("reading", suffix);
      try {
        Files.write(file, content.getBytes(StandardCharsets.UTF_8)); // half an emoji becomes "?"
        if (suffix.equals(".csv")) {
          Dataset.ofCsv(file, signature);
        } else {
          Dataset.ofJsonl(file, signature);
        }
      } catch (InvalidInputException refused) {
        if (String.valueOf(refused.getMessage()).length() > 20_000) {
          throw new IllegalStateException("a message without a bound", refused);
        }
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
