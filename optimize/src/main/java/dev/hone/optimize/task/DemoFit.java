package dev.hone.optimize.task;

import dev.hone.context.Context;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.EvaluationEngine;
import dev.hone.evaluate.EvaluationFailedException;
import dev.hone.evaluate.EvaluationSettings;
import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.Outcome;
import dev.hone.lm.LmException;
import dev.hone.observe.EventListener;
import dev.hone.optimize.OptimizationTask;
import dev.hone.program.PredictorState;
import dev.hone.program.ProgramEvent;
import dev.hone.program.ProgramState;
import dev.hone.prompt.Demo;
import dev.hone.prompt.DemoSelection;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Candidates whose prompts are longer than the model takes lose demos from their end until they
 * fit, once for the run: what is scored and returned is the shorter one. The program as it was
 * given stays as it is. Thread-safe.
 *
 * <p>Determinism: which demos are dropped follows from the candidate and the examples that it
 * failed on. Cost: for each candidate that is shortened about log2 of its demos + 2 runs of the
 * program on one example, most of them refused.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class DemoFit<I, O> {
  private final EvaluationEngine<I, O> engine;
  private final @Nullable ProgramState given;
  private final Map<String, ProgramState> fitted = new ConcurrentHashMap<>();
  private final Map<String, List<String>> candidatesByNote = new LinkedHashMap<>();
  private final Set<String> hopeless = ConcurrentHashMap.newKeySet();

  /**
   * For the candidates of one run.
   *
   * @param given the state of the program as it was given
   */
  public DemoFit(EvaluationEngine<I, O> engine, ProgramState given) {
    this(given, engine);
  }

  private DemoFit(@Nullable ProgramState given, EvaluationEngine<I, O> engine) {
    this.engine = engine;
    this.given = given;
  }

  /** For states of which none has to stay as it is, such as a teacher's. */
  public static <I, O> DemoFit<I, O> ofAll(EvaluationEngine<I, O> engine) {
    return new DemoFit<>(null, engine);
  }

  /** For a task whose failed examples count a score. */
  public static <I, O> DemoFit<I, O> of(OptimizationTask<I, O> task, double failureScore) {
    EvaluationSettings settings = EvaluationSettings.defaults().withFailureScore(failureScore);
    return new DemoFit<>(
        new EvaluationEngine<>(task.student(), task.metric(), settings),
        task.predictors().initialState());
  }

  /** Evaluates states as they are. */
  public EvaluationEngine<I, O> engine() {
    return engine;
  }

  /** What a candidate really is: without the demos that there is no room for. */
  public ProgramState of(ProgramState candidate) {
    return fitted.isEmpty() ? candidate : fitted.getOrDefault(candidate.fingerprint(), candidate);
  }

  /** Evaluates what a candidate really is, as {@link EvaluationEngine#evaluatePart}. */
  public Evaluation<I, O> evaluatePart(ProgramState candidate, List<Example<I, O>> examples) {
    return engine.evaluatePart(of(candidate), examples);
  }

  /**
   * Evaluates a candidate, as {@link EvaluationEngine#evaluate}, with as many demos as there is
   * room for.
   *
   * @param name its name in notes
   * @throws EvaluationFailedException as the engine
   */
  public Evaluation<I, O> evaluate(
      String name, ProgramState candidate, List<Example<I, O>> examples) {
    while (true) {
      try {
        Evaluation<I, O> evaluation = engine.evaluate(of(candidate), examples);
        if (!shorten(name, candidate, evaluation.results())) {
          return evaluation;
        }
      } catch (EvaluationFailedException e) {
        if (!shorten(name, candidate, e.results())) {
          throw e;
        }
      }
    }
  }

  /**
   * Drops demos of a candidate where a prompt of it was too long.
   *
   * @param name its name in notes
   * @param results what became of it; under what it really is, see {@link #of}
   * @return whether it has fewer demos now, so that it is to be evaluated again; false where no
   *     prompt was too long, or one is without any demo
   */
  public boolean shorten(
      String name, ProgramState candidate, List<? extends ExampleResult<?, ?>> results) {
    ProgramState before = of(candidate);
    if (candidate.equals(given)) {
      return false;
    }
    for (Example<I, O> example : tooLong(results)) {
      String place = before.fingerprint() + example.id();
      if (hopeless.contains(place)) {
        continue;
      }
      ProgramState now = fitting(before, example);
      if (!now.equals(before)) {
        fitted.put(candidate.fingerprint(), now);
        note(name, candidate, now);
        return true;
      }
      hopeless.add(place);
    }
    return false;
  }

  /** The examples with a prompt that was too long, the longest first. */
  @SuppressWarnings("unchecked") // the results are of the engine's program
  private List<Example<I, O>> tooLong(List<? extends ExampleResult<?, ?>> results) {
    return results.stream()
        .filter(result -> isTooLong(result.outcome()))
        .map(result -> (Example<I, O>) result.example())
        .sorted(Comparator.comparingInt(each -> -each.inputJson().toString().length()))
        .toList();
  }

  /** Whether an example failed since a prompt of it was longer than the model takes. */
  public static boolean isTooLong(Outcome<?> outcome) {
    return outcome instanceof Outcome.ProgramFailed<?> failed && isTooLong(failed.error());
  }

  private static boolean isTooLong(Throwable error) {
    return Stream.iterate(error, Objects::nonNull, Throwable::getCause)
        .anyMatch(LmException.ContextWindowExceeded.class::isInstance);
  }

  /** A state with as many demos as fit on an example; the same where none helps. */
  private ProgramState fitting(ProgramState state, Example<I, O> example) {
    ProgramState now = state;
    for (Optional<String> predictor = tooLongFor(now, example);
        predictor.isPresent();
        predictor = tooLongFor(now, example)) {
      Optional<ProgramState> shorter = shorter(now, predictor.get(), example);
      if (shorter.isEmpty()) {
        return state;
      }
      now = shorter.get();
    }
    return now;
  }

  /** A state with the most demos of a predictor, fewer than before, that fit; found by halving. */
  private Optional<ProgramState> shorter(
      ProgramState state, String predictor, Example<I, O> example) {
    PredictorState own = state.byPredictor().get(predictor);
    if (own == null || !own.selection().equals(DemoSelection.all())) {
      return Optional.empty();
    }
    int fits = -1;
    int tooMany = own.demos().size();
    while (fits + 1 < tooMany) {
      int middle = Math.floorDiv(fits + tooMany, 2);
      ProgramState tried = state.with(predictor, first(own, middle));
      if (tooLongFor(tried, example).filter(predictor::equals).isPresent()) {
        tooMany = middle;
      } else {
        fits = middle;
      }
    }
    return fits < 0 ? Optional.empty() : Optional.of(state.with(predictor, first(own, fits)));
  }

  private static PredictorState first(PredictorState state, int count) {
    List<Demo> kept = state.demos().subList(0, count);
    return state.withDemos(kept);
  }

  /** The predictor whose prompt is too long on an example; none if all fit, "" if none had it. */
  private Optional<String> tooLongFor(ProgramState state, Example<I, O> example) {
    AtomicReference<String> predictor = new AtomicReference<>("");
    EventListener listener =
        (event, metadata) -> {
          if (event instanceof ProgramEvent.PredictorFailed failed && isTooLong(failed.error())) {
            predictor.set(failed.predictor());
          }
        };
    ExampleResult<I, O> result =
        Context.current().withListener(listener).call(() -> engine.evaluateOne(state, example));
    return isTooLong(result.outcome()) ? Optional.ofNullable(predictor.get()) : Optional.empty();
  }

  private void note(String name, ProgramState before, ProgramState now) {
    synchronized (candidatesByNote) {
      candidatesByNote.values().forEach(names -> names.remove(name));
      now.byPredictor()
          .forEach(
              (predictor, state) -> {
                int from = before.of(predictor).demos().size();
                int to = state.demos().size();
                if (to < from) {
                  candidatesByNote
                      .computeIfAbsent(words(predictor, from, to), words -> new ArrayList<>())
                      .add(name);
                }
              });
    }
  }

  private static String words(String predictor, int from, int to) {
    return "a prompt of %s was longer than the model takes, so that it was used with %s of %s."
        .formatted(predictor, to == 0 ? "none" : "the first " + to, Plural.of(from, "demo"));
  }

  /** Which candidates have how many demos less, in sentences. */
  public List<String> notes() {
    synchronized (candidatesByNote) {
      return candidatesByNote.entrySet().stream()
          .filter(entry -> !entry.getValue().isEmpty())
          .map(
              entry ->
                  "%s: %s"
                      .formatted(
                          String.join(", ", entry.getValue().stream().sorted().toList()),
                          entry.getKey()))
          .toList();
    }
  }
}
