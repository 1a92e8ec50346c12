package dev.hone.compiled;

import dev.hone.adapter.Adapter;
import dev.hone.context.Context;
import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ResponseFormat;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.program.Programs;
import dev.hone.signature.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The programs whose artifacts are kept in {@code src/test/resources/artifacts}, in every format
 * there has been; how the files were made is in the README beside them.
 */
public final class SavedPrograms {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-29T02:30:00Z"), ZoneOffset.UTC);

  /** The names of all artifacts that have their requests beside them. */
  static final List<String> NAMES =
      List.of(
          "miprov2",
          "miprov2-two-steps",
          "miprov2-chain-of-thought",
          "bootstrap-few-shot",
          "labeled-few-shot",
          "random-search",
          "knn-few-shot",
          "copro",
          "types-of-the-string-form",
          "types-of-records");

  private static final String EVERY_TYPE =
      "a_text, a_int: int, a_float: float, a_bool: bool, a_date: date, a_time: time,"
          + " a_datetime: datetime, a_json: json, a_enum: enum[LOW|HIGH], a_list: list[str?],"
          + " a_set: set[enum[x|'y z']], a_dict: dict[str, list[int]?], a_maybe: int?"
          + " -> b_text: str?, b_int: int, b_float: float, b_bool: bool, b_date: date?,"
          + " b_json: json, b_enum: enum['a|b'|c], b_list: list[date], b_set: set[str],"
          + " b_dict: dict[enum[k|l], float]";

  private SavedPrograms() {}

  enum Label {
    RED,
    GREEN,
    BLUE
  }

  record Ticket(String text) {}

  record Topic(String topic) {}

  record Route(Label label) {}

  record TwoSteps(Predict<Ticket, Topic> topic, Predict<Topic, Route> route)
      implements Program<Ticket, Route> {
    TwoSteps() {
      this(
          Predict.of(Ticket.class, Topic.class, "Name the topic."),
          Predict.of(Topic.class, Route.class, "Say where the ticket goes."));
    }

    @Override
    public Route run(Ticket input) {
      return route.run(topic.run(input));
    }
  }

  record Part(String name, Optional<Integer> count, List<Double> weights) {}

  record In(
      String text,
      byte tiny,
      short small,
      int count,
      long big,
      BigInteger huge,
      float single,
      double number,
      BigDecimal exact,
      boolean flag,
      LocalDate date,
      LocalTime time,
      LocalDateTime dateTime,
      Instant instant,
      OffsetDateTime offset,
      Duration duration,
      Label label,
      Optional<String> maybe,
      List<Optional<Integer>> list,
      Set<Label> set,
      Map<String, Part> map,
      Map<Label, List<Boolean>> byLabel,
      Part part,
      JsonNode any) {}

  record Out(
      Optional<Part> best,
      List<Part> parts,
      BigDecimal price,
      Duration delay,
      Optional<Instant> since,
      Label verdict,
      Set<String> tags,
      int votes,
      long total,
      JsonNode rest) {}

  /** The program that an artifact was made of. */
  static Program<?, ?> program(String name) {
    String instructions = "Say where the ticket goes.";
    return switch (name) {
      case "miprov2-two-steps", "random-search", "knn-few-shot" -> new TwoSteps();
      case "miprov2-chain-of-thought" -> ChainOfThought.of(Ticket.class, Route.class, instructions);
      case "types-of-the-string-form" -> Predict.of(Signature.parse(EVERY_TYPE));
      case "types-of-records" -> Predict.of(In.class, Out.class, "Fill in all.");
      case "judge" -> Programs.judge();
      default -> Predict.of(Ticket.class, Route.class, instructions);
    };
  }

  /** A file of the artifacts, such as {@code v1/copro.json}. */
  public static String resource(String path) {
    try (InputStream stream =
        Objects.requireNonNull(
            SavedPrograms.class.getResourceAsStream("/artifacts/" + path), path)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An artifact of a format, loaded into its program. */
  public static Compiled<?, ?> load(String version, String name) {
    return Compiled.fromJson(
        program(name), (ObjectNode) Json.parse(resource(version + "/" + name + ".json")));
  }

  /** The requests of the file, as a program renders them today. */
  static String rendered(Compiled<?, ?> compiled, String recorded) {
    ArrayNode requests = Json.array();
    for (JsonNode one : Json.parse(recorded)) {
      ObjectNode copy = (ObjectNode) one.deepCopy();
      String predictor = one.get("predictor").stringValue();
      ObjectNode inputs = (ObjectNode) one.get("inputs");
      Context context = context(adapter(one.get("adapter").stringValue()));
      copy.set("request", json(context.call(() -> compiled.render(predictor, inputs))));
      requests.add(copy);
    }
    return Json.pretty(requests).replace(System.lineSeparator(), "\n") + "\n";
  }

  /** As a run of today would save it. */
  static <I, O> String inFormatOfToday(Compiled<I, O> compiled) {
    Compiled<I, O> anew = Compiled.of(compiled.program(), compiled.state(), compiled.provenance());
    ObjectNode json = (ObjectNode) Json.parse(new ArtifactWriter(CLOCK).toText(anew));
    ((ObjectNode) json.get("provenance"))
        .putObject("environment")
        .put("java", "17.0.15")
        .put("os", "Linux amd64")
        .put("honeVersion", "0.1.0");
    return Json.pretty(json).replace(System.lineSeparator(), "\n") + "\n";
  }

  /** Writes all artifacts in today's format into a folder, for the next version to keep. */
  public static void main(String[] arguments) throws IOException {
    for (String name : NAMES) {
      Files.writeString(Path.of(arguments[0], name + ".json"), inFormatOfToday(load("v1", name)));
    }
  }

  private static Adapter adapter(String id) {
    return id.startsWith("json/") ? Adapter.json() : Adapter.chat();
  }

  /**
   * Recorded requests in the layouts of today: those of version 1 asked for the form of the answer
   * in every turn of the user, demos included, and those of version 2 ask in the last only.
   */
  static String inLayoutsOfToday(String recorded) {
    JsonNode requests = Json.parse(recorded);
    for (JsonNode one : requests) {
      JsonNode messages = one.get("request").get("messages");
      for (int i = 0; i < messages.size() - 1; i++) {
        ObjectNode message = (ObjectNode) messages.get(i);
        if (message.get("role").stringValue().equals("USER")) {
          String text = message.get("text").stringValue();
          message.put("text", text.substring(0, text.lastIndexOf("\n\nAnswer with the ")));
        }
      }
    }
    return Json.pretty(requests).replace(System.lineSeparator(), "\n") + "\n";
  }

  static Context context(Adapter adapter) {
    return Context.builder()
        .lm(new SilentModel())
        .embedder(new NumberEmbedder())
        .adapter(adapter)
        .options(LmOptions.defaults().withTemperature(0.5))
        .build();
  }

  private static ObjectNode json(LmRequest request) {
    ObjectNode node = Json.object();
    ArrayNode messages = node.putArray("messages");
    request
        .messages()
        .forEach(m -> messages.addObject().put("role", m.role().name()).put("text", m.text()));
    node.put("temperature", request.options().temperature());
    node.put("maxTokens", request.options().maxTokens());
    node.put("rolloutId", request.options().rolloutId());
    if (request.format() instanceof ResponseFormat.JsonSchema schema) {
      node.put("schemaName", schema.name());
      node.set("schema", schema.schema());
    }
    return node;
  }

  /** Takes JSON schemas, and is never asked anything. */
  private record SilentModel() implements LanguageModel {
    @Override
    public LmResponse call(LmRequest request) {
      throw new AssertionError("Rendering calls nothing");
    }

    @Override
    public String id() {
      return "silent";
    }

    @Override
    public Capabilities capabilities() {
      return Capabilities.JSON_SCHEMA;
    }
  }

  /** Texts are near whose numbers are near; the same as made the vectors of the file. */
  private record NumberEmbedder() implements Embedder {
    private static final Pattern NUMBER = Pattern.compile("(?:ticket|topic) (\\d+)");

    @Override
    public Embedding embed(String text) {
      Matcher matcher = NUMBER.matcher(text);
      double angle = matcher.find() ? Integer.parseInt(matcher.group(1)) / 50.0 : 0;
      return Embedding.of((float) Math.cos(angle), (float) Math.sin(angle));
    }

    @Override
    public String id() {
      return "numbers:1";
    }
  }
}
