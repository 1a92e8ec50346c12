package dev.hone.optimize.log;

import dev.hone.compiled.Provenance.MeasuredScore;
import dev.hone.json.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One run as a {@link RunLog} keeps it. Immutable; holds no credential. */
public final class LoggedRun {
  private final ObjectNode json;

  LoggedRun(ObjectNode json) {
    this.json = json;
  }

  /**
   * The prompt of one predictor, by what it holds.
   *
   * @param instructions the SHA-256 of the instructions; {@link RunLog#instructions} gives the text
   * @param demos the SHA-256 of the demos; {@link RunLog#demos} gives them
   * @param demoCount the number of demos
   */
  public record Prompt(String instructions, String demos, int demoCount) {}

  /** Whether it has what every run has: a time, and an optimizer. */
  static boolean isRun(ObjectNode json) {
    try {
      Instant.parse(json.path("time").asString(""));
      return json.path("optimizer").isString();
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /** When it was logged. */
  public Instant time() {
    return Instant.parse(json.path("time").stringValue());
  }

  /** The optimizer's name. */
  public String optimizer() {
    return json.path("optimizer").asString("");
  }

  /** The seed of the run. */
  public long seed() {
    return json.path("seed").asLong(0);
  }

  /** The optimizer's settings, all of them. */
  public ObjectNode settings() {
    return json.path("settings") instanceof ObjectNode settings
        ? settings.deepCopy()
        : Json.object();
  }

  /** What was measured, in order: the baseline first and the best last, as a rule. */
  public List<MeasuredScore> scores() {
    return json.path("scores")
        .valueStream()
        .map(
            score ->
                new MeasuredScore(
                    score.path("name").asString(""),
                    score.path("mean").asDouble(0),
                    score.path("lower").asDouble(0),
                    score.path("upper").asDouble(0),
                    score.path("examples").asInt(0)))
        .toList();
  }

  /** The first score whose name begins with {@code baseline}. */
  public Optional<MeasuredScore> baseline() {
    return scores().stream().filter(score -> score.name().startsWith("baseline")).findFirst();
  }

  /** The first score whose name begins with {@code best}. */
  public Optional<MeasuredScore> best() {
    return scores().stream().filter(score -> score.name().startsWith("best")).findFirst();
  }

  /** What was chosen, by name; empty for an optimizer that does not choose by numbers. */
  public Map<String, Integer> configuration() {
    Map<String, Integer> choices = new LinkedHashMap<>();
    json.path("configuration")
        .properties()
        .forEach(e -> choices.put(e.getKey(), e.getValue().asInt()));
    return Collections.unmodifiableMap(choices);
  }

  /** The SHA-256 of the content of the datasets, by role. */
  public Map<String, String> dataFingerprints() {
    return texts("data");
  }

  /** The models that took part, by role. */
  public Map<String, String> modelIds() {
    return texts("models");
  }

  private Map<String, String> texts(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    json.path(name).properties().forEach(e -> texts.put(e.getKey(), e.getValue().asString("")));
    return Collections.unmodifiableMap(texts);
  }

  /** The prompt of each predictor, by its name. */
  public Map<String, Prompt> prompts() {
    Map<String, Prompt> prompts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.path("predictors").properties()) {
      JsonNode prompt = entry.getValue();
      prompts.put(
          entry.getKey(),
          new Prompt(
              prompt.path("instructions").asString(""),
              prompt.path("demos").asString(""),
              prompt.path("demoCount").asInt(0)));
    }
    return Collections.unmodifiableMap(prompts);
  }

  /** The name of the text of a predictor's tool descriptions; empty for none. */
  String toolDescriptions(String predictor) {
    return json.path("predictors").path(predictor).path("toolDescriptions").asString("");
  }

  /** Why it ended, such as {@code TRIALS_SPENT}. */
  public String finishReason() {
    return json.path("finishReason").asString("");
  }

  /** The calls of models that it made. */
  public long lmCalls() {
    return json.path("lmCalls").asLong(0);
  }

  /** The tokens that it cost, as far as providers reported them. */
  public long tokens() {
    return json.path("tokens").asLong(0);
  }

  /** The wall-clock time that it took, in seconds. */
  public double seconds() {
    return json.path("seconds").asDouble(0);
  }

  /** The file in which the program was saved, as it was given; empty if none was. */
  public Optional<String> artifact() {
    return Optional.ofNullable(json.get("artifact")).map(path -> path.asString(""));
  }

  /** The line of the log. */
  public ObjectNode toJson() {
    return json.deepCopy();
  }

  /** One line: when, by what, and the scores. */
  @Override
  public String toString() {
    return "LoggedRun[%s, %s, seed %d, %s]".formatted(time(), optimizer(), seed(), scores());
  }
}
