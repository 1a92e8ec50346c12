package dev.hone.optimize.propose;

import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.LmOptions;
import dev.hone.lm.ToolSpec;
import dev.hone.optimize.bootstrap.SuccessfulTrace;
import dev.hone.optimize.candidate.ProposerEvent.Step;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.candidate.ToolDescriptionCandidate;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.text.Plural;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Allowed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Proposes what prompts say of tools: for each predictor that has tools, descriptions of all of
 * them at once, so that one can be told from another. Grounded in the description of the program,
 * the tools' argument schemas, and what their calls returned in recorded runs. A proposal that
 * fails, or says nothing new, is made again with another tip; one that fails for a reason that may
 * pass by itself, once more by {@link #proposeOwed}.
 *
 * <p>Cost: a call per proposal, at most three; none for a program without tools.
 */
public final class ToolDescriptionStage {
  /** How often a proposal is replaced. */
  private static final int REPLACEMENTS = 2;

  private static final String TASK =
      "Write the descriptions of the tools that the model behind a predictor may call. Of a tool it"
          + " sees the name, the arguments and the description, and nothing else. By these it"
          + " decides when to call a tool, and with which arguments. Describe every tool in one to"
          + " three sentences: what it does, when to call it rather than another, what good"
          + " arguments are, what comes back. Where calls were recorded, learn from them, but quote"
          + " neither their arguments nor their results: the descriptions are for other inputs.";

  private static final List<String> TIPS =
      List.of(
          "",
          "Say above all what makes a good argument, as those calls show that returned something"
              + " of use.",
          "Be brief: one sentence for each tool.",
          "Say above all when to call each tool, and when another one is better.",
          "Say what to do after an error, or after a result that does not help.",
          "Say exactly what comes back, and what does not.");

  private final ProposerSettings settings;
  private final Predictors predictors;
  private final String programDescription;
  private final List<SuccessfulTrace> runs;
  private final ToolDescriptionGuard guard;
  private final Map<String, List<ToolDescriptionCandidate>> candidates = new LinkedHashMap<>();
  private final Map<String, Set<Map<String, String>>> known = new LinkedHashMap<>();
  private final List<StepFailure> failures = new ArrayList<>();
  private final List<Order> owed = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * A stage for one run.
   *
   * @param programDescription what the program does; may be empty
   * @param runs recorded runs that the metric passed; may be empty
   */
  public ToolDescriptionStage(
      ProposerSettings settings,
      Predictors predictors,
      String programDescription,
      List<SuccessfulTrace> runs) {
    this.settings = settings;
    this.predictors = predictors;
    this.programDescription = programDescription;
    this.runs = List.copyOf(runs);
    this.guard = new ToolDescriptionGuard(runs);
  }

  /** The most calls for a number of proposals for each of some predictors. */
  public static long mostCalls(int predictors, int count) {
    return (1L + REPLACEMENTS) * predictors * count;
  }

  /** The number of predictors that have tools. */
  public static int predictorsWithTools(Predictors predictors) {
    return (int) predictors.byName().values().stream().filter(p -> !p.tools().isEmpty()).count();
  }

  private record Order(String predictor, int number, int attempt) {
    Order again() {
      return new Order(predictor, number, attempt + 1);
    }
  }

  private record Delivery(
      Order order, Optional<Map<String, String>> said, List<StepFailure> problems) {}

  /**
   * Proposes descriptions for each predictor that has tools.
   *
   * @param count how many for each
   * @return the candidates, what the predictor came with first; of predictors with a proposal only
   */
  public Map<String, List<ToolDescriptionCandidate>> propose(int count) {
    List<Order> open = new ArrayList<>();
    predictors
        .byName()
        .forEach(
            (name, predict) -> {
              if (!predict.tools().isEmpty()) {
                Map<String, String> own = predict.state().toolDescriptions();
                candidates.put(
                    name, new ArrayList<>(List.of(ToolDescriptionCandidate.original(own))));
                known.put(name, new HashSet<>());
                for (int i = 0; i < count; i++) {
                  open.add(new Order(name, i, 0));
                }
              }
            });
    return found(open);
  }

  /** The same candidates, and those that a try more gives of what is owed. */
  public Map<String, List<ToolDescriptionCandidate>> proposeOwed() {
    List<Order> due = owed.stream().map(Order::again).toList();
    owed.clear();
    return found(due);
  }

  private Map<String, List<ToolDescriptionCandidate>> found(List<Order> open) {
    for (List<Order> orders = open; !orders.isEmpty(); ) {
      orders = deliver(orders);
    }
    Map<String, List<ToolDescriptionCandidate>> found = new LinkedHashMap<>(candidates);
    found.values().removeIf(list -> list.size() == 1);
    return found;
  }

  /** Makes proposals and keeps the new ones; gives orders that replace the others. */
  private List<Order> deliver(List<Order> orders) {
    List<Order> again = new ArrayList<>();
    int idle = 0;
    for (Delivery delivery : Context.current().workers().map(orders, this::make)) {
      Order order = delivery.order();
      Predict<?, ?> predict = predict(order.predictor());
      Map<String, String> accepted =
          guard.accepted(order.predictor(), predict, delivery.said().orElse(Map.of()));
      if (!accepted.isEmpty()
          && known.getOrDefault(order.predictor(), new HashSet<>()).add(accepted)) {
        Map<String, String> all = new TreeMap<>(predict.state().toolDescriptions());
        all.putAll(accepted);
        candidates
            .getOrDefault(order.predictor(), new ArrayList<>())
            .add(new ToolDescriptionCandidate(all, true));
      } else if (order.attempt() < REPLACEMENTS) {
        again.add(order.again());
      } else if (delivery.problems().isEmpty()) {
        idle++;
      } else {
        giveUp(delivery);
      }
    }
    if (idle > 0) {
      notes.add(
          "%s of tools said nothing new, nor did their replacements"
              .formatted(Plural.of(idle, "proposed description")));
    }
    return again;
  }

  private void giveUp(Delivery delivery) {
    boolean passing = delivery.problems().stream().allMatch(StepFailure::passing);
    if (passing && delivery.order().attempt() == REPLACEMENTS) {
      owed.add(delivery.order());
    } else {
      failures.addAll(delivery.problems());
    }
  }

  private Predict<?, ?> predict(String name) {
    return Optional.<Predict<?, ?>>ofNullable(predictors.byName().get(name)).orElseThrow();
  }

  private Delivery make(Order order) {
    List<StepFailure> problems = new ArrayList<>();
    long rollout = 1L + order.number() + 100L * order.attempt();
    LmOptions draw =
        LmOptions.defaults().withTemperature(settings.initTemperature()).withRolloutId(rollout);
    Context drawing = Context.current().withDraw(draw);
    Map<String, String> said = new TreeMap<>();
    Optional<String> text =
        StepAttempt.make(
            Step.TOOL_DESCRIPTIONS,
            order.predictor(),
            problems,
            () -> drawing.call(() -> write(order, said)));
    return new Delivery(order, text.map(t -> said), problems);
  }

  /** Asks the model of the current context; gives what it said as text, for events. */
  private String write(Order order, Map<String, String> said) {
    Predict<?, ?> predict = predict(order.predictor());
    Sources sources = new Sources(new ArrayList<>(), Json.object());
    sources.add("programDescription", "what the program does", programDescription);
    sources.add(
        "predictor",
        "the predictor whose model calls the tools",
        ProgramDescriber.predictor(order.predictor(), predict));
    sources.add("tools", "the tools, each with what is said of it now", tools(predict));
    sources.add(
        "recordedCalls",
        "calls of the tools in runs that went well, with what came back",
        SeenToolCalls.of(order.predictor(), predict, runs).text());
    sources.add("tip", "advice on how to write", tip(order));
    String language = settings.wording().language();
    sources.add("language", "the language to write in", language == null ? "" : language);
    ObjectNode written =
        Predict.of(
                Signature.of(Codec.ofJson(sources.fields()), Codec.ofJson(outputs(predict)), TASK))
            .run(sources.values());
    written
        .path("descriptions")
        .properties()
        .forEach(entry -> said.put(entry.getKey(), entry.getValue().asString("").strip()));
    return said.toString();
  }

  /** What the model is told: fields with their values, none of them blank. */
  private record Sources(List<Field> fields, ObjectNode values) {
    void add(String name, String description, String text) {
      if (!text.isBlank()) {
        fields.add(Field.of(name, new FieldType.Text()).withDescription(description));
        values.put(name, text);
      }
    }
  }

  private String tip(Order order) {
    return settings.tipAware() ? TIPS.get((order.number() + order.attempt()) % TIPS.size()) : "";
  }

  private static List<Field> outputs(Predict<?, ?> predict) {
    FieldType names =
        new FieldType.Choice(
            predict.tools().stream().map(tool -> new Allowed(tool.name(), "")).toList());
    return List.of(
        Field.of("descriptions", new FieldType.MapOf(names, new FieldType.Text()))
            .withDescription(
                "the description of each tool, at most %d characters, by its name"
                    .formatted(ToolDescriptionGuard.MOST_CHARACTERS)));
  }

  private static String tools(Predict<?, ?> predict) {
    Map<String, String> given = ToolDescriptionGuard.given(predict);
    return predict.tools().stream()
        .map(tool -> line(tool, given.getOrDefault(tool.name(), "")))
        .collect(Collectors.joining("\n"));
  }

  private static String line(ToolSpec tool, String description) {
    return "%s, arguments %s: %s"
        .formatted(
            tool.name(),
            Truncation.to(Truncation.REPLY, Json.write(tool.parameters())),
            description.isBlank() ? "(nothing is said)" : Truncation.line(description));
  }

  /** What failed for good, in sentences. */
  public List<String> failures() {
    return failures.stream().map(StepFailure::problem).toList();
  }

  /** What was refused, or said nothing new, in sentences. */
  public List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    all.addAll(guard.notes());
    return List.copyOf(all);
  }
}
