package dev.hone.exchange;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.EvaluationFailedException;
import dev.hone.evaluate.Evaluator;
import dev.hone.evaluate.ExampleResult;
import dev.hone.json.Json;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.metric.Metric;
import dev.hone.program.PredictorState;
import dev.hone.program.TraceStep;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lines to train a model with, of runs that passed the metric: the messages as they were sent, and
 * the answer as the adapter writes it. Rows that a prompt shows as demos are left out, since their
 * answers can be read there. Immutable and thread-safe; settings are copies.
 *
 * <p>Cost: the program's model calls per row, of the teacher if there is one; see {@link #calls}.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class FineTuning<I, O> {
  private final Compiled<I, O> program;
  private final Compiled<I, O> teacher;
  private final Metric<I, O> metric;
  private final double minScore;

  private FineTuning(
      Compiled<I, O> program, Compiled<I, O> teacher, Metric<I, O> metric, double minScore) {
    this.program = program;
    this.teacher = teacher;
    this.metric = metric;
    this.minScore = minScore;
  }

  /**
   * Lines of a program's own answers with a score of 1.
   *
   * @param metric which answers are good enough
   */
  public static <I, O> FineTuning<I, O> of(Compiled<I, O> program, Metric<I, O> metric) {
    return new FineTuning<>(program, program, metric, 1.0);
  }

  /**
   * A copy that takes the answers of another program with the same predictors, such as the same one
   * on a larger model; the messages are still those of the first. Default: the program itself.
   *
   * @throws InvalidInputException if it has other predictors
   */
  public FineTuning<I, O> withTeacher(Compiled<I, O> value) {
    var expected = program.predictors().byName().keySet();
    var found = value.predictors().byName().keySet();
    if (!expected.equals(found)) {
      throw InvalidInputException.of(
          "The teacher has the predictors %s, the program has %s".formatted(found, expected),
          "take the same program with another state or model");
    }
    return new FineTuning<>(program, value, metric, minScore);
  }

  /**
   * A copy that takes runs from another score on. Default: 1.
   *
   * @throws InvalidInputException if it is not a number
   */
  public FineTuning<I, O> minScore(double value) {
    if (!Double.isFinite(value)) {
      throw InvalidInputException.of("minScore (" + value + ") is no number", "use 1");
    }
    return new FineTuning<>(program, teacher, metric, value);
  }

  /** The rows that would be run: those that no prompt shows as a demo. */
  public Dataset<I, O> rows(Dataset<I, O> examples) {
    return examples.filter(example -> !isShown(example));
  }

  private boolean isShown(Example<I, O> example) {
    return program.state().byPredictor().values().stream()
        .flatMap(state -> state.demos().stream())
        .anyMatch(
            demo ->
                demo.exampleId().equals(example.id()) || demo.inputs().equals(example.inputJson()));
  }

  /**
   * The program calls that {@link #run} makes, at least: one for each row and predictor. Programs
   * that call a predictor several times, and repairs of replies, make more.
   */
  public long calls(Dataset<I, O> examples) {
    return (long) rows(examples).size() * program.predictors().byName().size();
  }

  /**
   * Runs the rows in the current context, and writes a line for each step of a run that passed.
   * Errors as in {@link Evaluator#evaluate}.
   *
   * @param examples the rows to learn from; never those that a test needs
   * @throws InvalidInputException if all rows are demos of the program
   */
  public Lines run(Dataset<I, O> examples) {
    Dataset<I, O> rows = rows(examples);
    if (rows.size() == 0) {
      throw InvalidInputException.of(
          "All of the %d rows are demos of the program".formatted(examples.size()),
          "pass more rows, or a program with fewer demos");
    }
    Evaluation<I, O> evaluation = Evaluator.of(rows, metric).evaluate(teacher.asStudent());
    return lines(evaluation.results(), examples.size() - rows.size());
  }

  /**
   * The lines of the runs that were done when something ended {@link #run}, such as a spent budget
   * or an interrupt.
   *
   * @param end what {@link #run} threw
   */
  public Lines soFar(Throwable end, Dataset<I, O> examples) {
    List<ExampleResult<?, ?>> results =
        EvaluationFailedException.in(end).map(e -> e.results()).orElse(List.of());
    return lines(results, examples.size() - rows(examples).size());
  }

  private Lines lines(List<? extends ExampleResult<?, ?>> results, int leftOut) {
    List<String> lines = new ArrayList<>();
    int passed = 0;
    for (ExampleResult<?, ?> result : results) {
      if (result.score().orElse(Double.NEGATIVE_INFINITY) >= minScore) {
        passed++;
        result.ownSteps().forEach(step -> lines.add(line(step)));
      }
    }
    return new Lines(lines, passed, results.size(), leftOut);
  }

  private String line(TraceStep step) {
    List<LmMessage> messages = new ArrayList<>(request(step).messages());
    messages.add(answer(step));
    ObjectNode line = Json.object();
    ArrayNode array = ChatJson.messages(messages);
    return Json.write(line.set("messages", array));
  }

  private LmRequest request(TraceStep step) {
    return RenderingModel.context().call(() -> program.render(step.predictor(), step.inputs()));
  }

  /** The answer as the adapter shows it in a demo, which is how it reads it. */
  private LmMessage answer(TraceStep step) {
    Signature<?, ?> signature =
        Objects.requireNonNull(program.predictors().byName().get(step.predictor())).signature();
    PredictorState state = program.state().of(step.predictor());
    Demo demo = new Demo(step.inputs(), step.outputs(), Demo.Origin.BOOTSTRAPPED, "");
    int before = messages(signature, state, List.of(), step).size();
    return messages(signature, state, List.of(demo), step).get(before);
  }

  private static List<LmMessage> messages(
      Signature<?, ?> signature, PredictorState state, List<Demo> demos, TraceStep step) {
    Context context = RenderingModel.context();
    return context
        .adapter()
        .render(
            Prompt.of(signature, state.instructions(), demos, step.inputs()),
            context.options(),
            context.lm().capabilities())
        .messages();
  }

  /**
   * What came of it.
   *
   * @param lines a JSON object each, without line feeds
   * @param passed the rows whose run passed
   * @param rows the rows that were run
   * @param leftOut the rows that were not, since a prompt shows them as demos
   */
  public record Lines(List<String> lines, int passed, int rows, int leftOut) {
    /** Copies the lines. */
    public Lines {
      lines = List.copyOf(lines);
    }

    /** The lines, each with a line feed at its end: the file. */
    public String toJsonl() {
      return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
  }
}
