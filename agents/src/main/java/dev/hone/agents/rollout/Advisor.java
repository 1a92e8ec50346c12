package dev.hone.agents.rollout;

import dev.hone.context.Context;
import dev.hone.lm.LmException;
import dev.hone.program.CallGuidance;
import dev.hone.program.Predict;
import dev.hone.program.ProgramRun;
import dev.hone.program.ProgramRunner.Execution;
import dev.hone.program.TraceStep;
import dev.hone.row.RowFailure;
import dev.hone.text.Excerpt;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks for advice after tries on one input. Used by one thread. */
final class Advisor<O> {
  private static final int TEXT_CHARS = 4_000;
  private static final int ALL_CHARS = 40_000;

  private final ProgramRun.Branch<Advice.Request, Advice> branch;
  private final Map<String, Predict<?, ?>> predictors;
  private final Map<String, String> nameInRun;
  private final Refine.Goal goal;
  private final List<Execution<Advice>> asked = new ArrayList<>();

  Advisor(
      Predict<Advice.Request, Advice> advise, ProgramRun.Branch<?, ?> program, Refine.Goal goal) {
    this.branch = ProgramRun.branch(advise);
    this.predictors = program.predictors();
    this.nameInRun = program.names();
    this.goal = goal;
  }

  /**
   * Advice by the predictors' names within the program.
   *
   * @param advice empty for none
   * @param failure why there is no advice, where there was to be some; null otherwise
   */
  record Given(Map<String, String> advice, @Nullable RuntimeException failure) {
    static final Given NONE = new Given(Map.of(), null);

    boolean isOutOfBudget() {
      return failure != null && RowFailure.decisive(failure) instanceof LmException.BudgetExhausted;
    }
  }

  /**
   * Asks once.
   *
   * @throws LmException if the credential is refused or the thread interrupted
   */
  Given after(Rollout<O> rollout) {
    Set<String> names = names(rollout);
    Advice.Request request = request(rollout, names);
    Execution<Advice> run = CallGuidance.none(Context.current()).call(() -> branch.run(request));
    asked.add(run);
    Advice advice = run.output();
    if (advice == null) {
      RuntimeException failure = run.failure();
      if (failure != null
          && !(RowFailure.decisive(failure) instanceof LmException.BudgetExhausted)) {
        RowFailure.requireGoingOnAfterProgram(RowFailure.decisive(failure));
      }
      return new Given(Map.of(), failure);
    }
    return new Given(known(advice.advice(), names), null);
  }

  /** Of a single part, whatever it is called is meant. */
  private static Map<String, String> known(Map<String, String> advice, Set<String> names) {
    Map<String, String> known = new TreeMap<>();
    advice.forEach(
        (name, text) -> {
          boolean isOnly = names.size() == 1 && advice.size() == 1;
          String meant = isOnly ? names.iterator().next() : name;
          if (names.contains(meant) && !text.isBlank()) {
            known.put(meant, text);
          }
        });
    return known;
  }

  Map<String, String> byNameInRun(Given given) {
    Map<String, String> result = new HashMap<>();
    given.advice().forEach((name, text) -> result.put(nameInRun.getOrDefault(name, name), text));
    return result;
  }

  /** The advice that led to the winner, if any did, may be learnt from. */
  void end(int useful) {
    branch.take(asked, Math.min(useful, asked.size() - 1));
  }

  private Map<String, String> ownNames() {
    Map<String, String> own = new HashMap<>();
    nameInRun.forEach((name, inRun) -> own.put(inRun, name));
    return own;
  }

  /** Predictors of compiled programs are known by their steps only. */
  private Set<String> names(Rollout<O> rollout) {
    Set<String> names = new LinkedHashSet<>(predictors.keySet());
    Map<String, String> own = ownNames();
    rollout.steps().stream()
        .map(TraceStep::predictor)
        .filter(name -> !name.isEmpty())
        .map(name -> own.getOrDefault(name, name))
        .forEach(names::add);
    return names;
  }

  private Advice.Request request(Rollout<O> rollout, Set<String> names) {
    int most = Math.min(TEXT_CHARS, ALL_CHARS / (2 * rollout.steps().size() + 1));
    Map<String, String> own = ownNames();
    List<Advice.Step> steps =
        rollout.steps().stream()
            .map(
                step ->
                    new Advice.Step(
                        own.getOrDefault(step.predictor(), step.predictor()),
                        Excerpt.beginning(step.inputs().toString(), most),
                        Excerpt.beginning(step.outputs().toString(), most)))
            .toList();
    return new Advice.Request(parts(rollout, names), steps, goal(), outcome(rollout));
  }

  private List<Advice.Part> parts(Rollout<O> rollout, Set<String> names) {
    Map<String, Advice.Part> parts = new LinkedHashMap<>();
    names.forEach(name -> parts.put(name, new Advice.Part(name, "", "")));
    for (TraceStep step : rollout.steps()) {
      parts.computeIfPresent(
          step.predictor(),
          (name, part) ->
              new Advice.Part(
                  name,
                  "",
                  String.join(", ", step.inputs().propertyNames())
                      + " -> "
                      + String.join(", ", step.outputs().propertyNames())));
    }
    predictors.forEach(
        (name, predict) ->
            parts.put(
                name,
                new Advice.Part(
                    name,
                    predict.state().instructions(),
                    fields(predict.signature().inputFields())
                        + " -> "
                        + fields(predict.signature().outputFields()))));
    return List.copyOf(parts.values());
  }

  private static String fields(List<Field> fields) {
    return fields.stream().map(Field::name).collect(Collectors.joining(", "));
  }

  private String goal() {
    String words = goal.words().isBlank() ? "A result with a high reward." : goal.words();
    return goal.threshold() == null
        ? words
        : words + "\nA reward of " + goal.threshold() + " or more is good enough.";
  }

  private static String outcome(Rollout<?> rollout) {
    if (rollout.failure().isPresent()) {
      return "The program failed: " + RowFailure.words(rollout.failure().get());
    }
    return rollout.judgeFailure().isPresent()
        ? "The result could not be rewarded: " + RowFailure.words(rollout.judgeFailure().get())
        : "The reward of the result is " + rollout.reward().orElse(0);
  }
}
