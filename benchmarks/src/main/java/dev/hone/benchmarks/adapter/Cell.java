package dev.hone.benchmarks.adapter;

import dev.hone.context.Context;
import dev.hone.data.Example;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.program.Attempt;
import dev.hone.program.Predict;
import dev.hone.program.ProgramEvent;
import dev.hone.program.UnparsableReplyException;
import dev.hone.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.node.ObjectNode;

/** One adapter on one task with one model. Not thread-safe. */
final class Cell {
  private static final double LEVEL = 0.95;

  final String model;
  final AdapterTask task;
  final AdapterCase adapter;
  private final LimitedModel limited;
  private final Context context;
  private final Predict<ObjectNode, ObjectNode> program;
  private final List<Attempt> heard = new ArrayList<>();
  private final List<Reading> readings = new CopyOnWriteArrayList<>();

  Cell(String modelName, LanguageModel model, AdapterTask task, AdapterCase adapter) {
    this.model = modelName;
    this.task = task;
    this.adapter = adapter;
    LmOptions options = LmOptions.builder().temperature(0).maxTokens(task.maxTokens()).build();
    this.limited = new LimitedModel(model, adapter.capabilities());
    this.context =
        Context.builder()
            .lm(limited)
            .adapter(
                adapter
                    .adapter()
                    .apply(limited.withOptions(o -> o.temperature(0).maxTokens(task.maxTokens()))))
            .options(options)
            .listener(
                (event, metadata) -> {
                  if (event instanceof ProgramEvent.PredictorAnswered answered) {
                    heard.addAll(answered.step().attempts());
                  }
                })
            .build();
    this.program = task.program();
  }

  /** How many examples were tried. */
  int size() {
    return readings.size();
  }

  boolean isDone() {
    return size() == task.examples().size();
  }

  /** Tries the next example; what could not be read goes to a log. */
  void next(StringBuilder log) {
    Example<ObjectNode, ObjectNode> example = task.examples().get(size());
    heard.clear();
    limited.takeSaid();
    try {
      ObjectNode output = context.call(() -> program.run(example.inputJson()));
      double score = task.score().applyAsDouble(example.expectedJson(), output);
      List<Attempt> attempts = List.copyOf(heard);
      int least = attempts.get(0).adapterId().startsWith("two-step") ? 2 : 1;
      List<String> said = new ArrayList<>(limited.takeSaid());
      attempts.forEach(attempt -> said.add(attempt.reply()));
      readings.add(Reading.of(attempts, least, said, output, score));
    } catch (UnparsableReplyException e) {
      readings.add(Reading.never(e.attempts()));
    } catch (LmException e) {
      log.append("# no reply: ").append(e.getMessage()).append('\n');
      readings.add(Reading.never(List.of()));
    }
    note(log, readings.get(size() - 1));
  }

  private void note(StringBuilder log, Reading reading) {
    for (Attempt attempt : reading.attempts()) {
      if (attempt.problem() != null || reading.unsaid()) {
        log.append(
            "== %s, %s, %s, example %d, %s: %s%n%s%n"
                .formatted(
                    model,
                    task.name(),
                    adapter.name(),
                    size(),
                    attempt.adapterId(),
                    attempt.problem() == null ? "UNSAID" : attempt.problem(),
                    attempt.reply()));
      }
    }
  }

  long count(Reading.Rung rung) {
    return readings.stream().filter(reading -> reading.rung() == rung).count();
  }

  long unsaid() {
    return readings.stream().filter(Reading::unsaid).count();
  }

  double[] scores() {
    return readings.stream().mapToDouble(Reading::score).toArray();
  }

  /** Calls, prompt tokens and completion tokens of all tries. */
  long[] spent() {
    List<Attempt> all = readings.stream().flatMap(reading -> reading.attempts().stream()).toList();
    return new long[] {
      all.size(),
      all.stream().mapToLong(attempt -> attempt.usage().promptTokens()).sum(),
      all.stream().mapToLong(attempt -> attempt.usage().completionTokens()).sum()
    };
  }

  /** The score with its interval, such as {@code 0.42 (0.30 to 0.54)}. */
  static String withInterval(double[] scores) {
    if (scores.length == 0) {
      return "";
    }
    double mean = java.util.Arrays.stream(scores).average().orElse(0);
    Interval interval = Interval.ofMean(scores, LEVEL);
    return String.format(
        Locale.ROOT, "%.2f (%.2f to %.2f)", mean, interval.lower(), interval.upper());
  }
}
