package dev.hone.optimize.journal;

import dev.hone.context.Context;
import dev.hone.context.MissingModelException;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelIdentity;
import dev.hone.metric.JudgeMetric;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import dev.hone.program.PredictorState;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.ProgramState;
import dev.hone.text.Redaction;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What tells a run from another: the optimizer with its settings, program, data, metric, models and
 * the version of Hone, so much of each that a difference can be said in words. No text of an
 * example and no credential is in it. Not the budget: a run may go on with a larger one. Mutable
 * while it is put together.
 */
public final class RunFingerprint {
  /** Digits of hashes that are enough to tell the examples of one run apart. */
  private static final int DIGITS = 16;

  private final ObjectNode root = Json.object();

  /**
   * A fingerprint of an optimizer, in a context.
   *
   * @param description the optimizer's {@code toString}: its name, then its settings as JSON
   */
  public RunFingerprint(Object optimizer, String name, String description, Context context) {
    root.put("hone", version());
    root.put("optimizer", name);
    boolean own = description.startsWith(optimizer.getClass().getName() + "@");
    root.set("settings", redacted(own ? Json.object() : settings(name, description)));
    ObjectNode calls = root.putObject("calls");
    calls.put("model", model(context));
    calls.put("adapter", context.adapter().id());
    calls.put("options", context.options().toString());
  }

  private static JsonNode settings(String name, String description) {
    if (description.startsWith(name + "{")) {
      try {
        return Json.parseFile(description.substring(name.length()));
      } catch (JacksonException e) {
        // Of an optimizer that only looks like one of Hone's; as a text it is compared all the
        // same.
      }
    }
    return Json.object().put("all", description);
  }

  private static JsonNode redacted(JsonNode node) {
    return Json.parseFile(Redaction.of(Json.write(node)));
  }

  /** The version of Hone. */
  static String version() {
    String version = RunFingerprint.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(version, "development");
  }

  private static String model(Context context) {
    try {
      return model(context.lm());
    } catch (MissingModelException e) {
      return "none";
    }
  }

  /** A model by its id and address; no credential, and of a URL neither user nor query. */
  private static String model(LanguageModel model) {
    String address = model.identity().map(ModelIdentity::address).orElse("");
    String named = address.isEmpty() ? model.id() : model.id() + " at " + address;
    return Redaction.of(named.replaceAll("(?<=://)[^/@\\s]*@", "").replaceAll("[?#]\\S*", ""));
  }

  /** Adds a program, such as {@code program} or {@code teacher}, with what it starts from. */
  public RunFingerprint program(String role, Program<?, ?> program) {
    root.set(role, described(program));
    return this;
  }

  private static ObjectNode described(Program<?, ?> program) {
    Predictors predictors = Predictors.of(program);
    ObjectNode node = Json.object();
    node.put("class", className(program));
    node.set("predictors", predictors(predictors, predictors.initialState()));
    return node;
  }

  /** Adds the state that the teacher runs under. */
  public RunFingerprint teacherState(ProgramState state) {
    root.put("teacherState", state.fingerprint().substring(0, DIGITS));
    return this;
  }

  /** Adds the model that the teacher runs on. */
  public RunFingerprint teacherModel(String modelId) {
    root.put("teacherModel", Redaction.of(modelId));
    return this;
  }

  private static ObjectNode predictors(Predictors predictors, ProgramState state) {
    ObjectNode node = Json.object();
    for (var entry : predictors.byName().entrySet()) {
      Predict<?, ?> predict = entry.getValue();
      PredictorState own = state.of(entry.getKey());
      ObjectNode one = node.putObject(entry.getKey());
      one.put("signature", predict.signature().fingerprint().substring(0, DIGITS));
      one.put("instructions", Json.sha256(own.instructions()).substring(0, DIGITS));
      one.put("demos", Json.fingerprint(own.toJson().path("demos")).substring(0, DIGITS));
      one.put(
          "tools", Json.sha256(predict.tools() + "" + own.toolDescriptions()).substring(0, DIGITS));
    }
    return node;
  }

  private static String className(Object object) {
    return object.getClass().getName().replaceFirst("\\$\\$Lambda.*", " (a lambda)");
  }

  /** Adds the metric; of a judge also what it is asked with. */
  public RunFingerprint metric(Metric<?, ?> metric) {
    ObjectNode node = root.putObject("metric");
    node.put("name", metric.name());
    node.put("class", className(metric));
    if (metric instanceof JudgeMetric<?, ?, ?> judge) {
      node.put("verdicts", judge.verdicts());
      node.set("judge", described(judge.judge()));
    }
    return this;
  }

  /** Adds the examples of a role, such as {@code trainset}. */
  public RunFingerprint data(String role, Dataset<?, ?> examples) {
    ObjectNode data =
        root.path("data") instanceof ObjectNode known ? known : root.putObject("data");
    ArrayNode rows = data.putArray(role);
    for (Example<?, ?> example : examples.examples()) {
      String input = Json.fingerprint(example.inputJson()).substring(0, DIGITS);
      rows.add(input + " " + rest(example).substring(0, DIGITS));
    }
    return this;
  }

  private static String rest(Example<?, ?> example) {
    if (example.extras().isEmpty()) {
      return example.id();
    }
    ObjectNode extras = Json.object();
    example.extras().forEach(extras::set);
    return Json.sha256(example.id() + Json.canonical(extras));
  }

  ObjectNode toJson() {
    return root;
  }
}
