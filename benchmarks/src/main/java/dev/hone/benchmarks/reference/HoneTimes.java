package dev.hone.benchmarks.reference;

import dev.hone.InvalidInputException;
import dev.hone.benchmarks.speed.EvaluationBenchmark;
import dev.hone.benchmarks.speed.PredictBenchmark;
import dev.hone.benchmarks.speed.TpeBenchmark;
import dev.hone.json.Json;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hone's own time, as {@code dspy_times.py} and {@code optuna_tpe.py} take that of the reference;
 * the work is that of the JMH benchmarks. Prints one JSON object.
 */
public final class HoneTimes {
  private static final int EXAMPLES = 1_000;

  /** A runtime compiles what runs often while it runs: it is warm after as many. */
  private static final int WARMUP_CALLS = 200_000;

  private static final int WARMUP_SUGGESTIONS = 3_000;
  private static final int WARMUP_EVALUATIONS = 10;
  private static final int SUGGESTIONS = 1_000;

  private HoneTimes() {}

  /**
   * Takes the times.
   *
   * @param arguments {@code once}: one call in a new process, whose time is taken by who starts it;
   *     {@code predict CALLS}: processor time of a call; {@code evaluate IN_FLIGHT TIMES}: 1,000
   *     examples on a model that takes 200 ms, and the control; {@code suggest TRIALS ...}:
   *     processor time of a suggestion of TPE
   * @throws Exception if a benchmark fails
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      throw unknown("");
    }
    int[] numbers = Stream.of(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
    ObjectNode found =
        switch (arguments[0]) {
          case "once" -> once();
          case "predict" -> predict(numbers[0]);
          case "evaluate" -> evaluate(numbers[0], numbers[1]);
          case "suggest" -> suggest(numbers);
          default -> throw unknown(arguments[0]);
        };
    System.out.println(Json.write(found));
  }

  private static InvalidInputException unknown(String name) {
    return InvalidInputException.of(
        "There is nothing to time of the name \"%s\", expected one of %s"
            .formatted(name, List.of("once", "predict", "evaluate", "suggest")),
        "start it by benchmarks/reference/run");
  }

  private static ObjectNode once() {
    PredictBenchmark benchmark = new PredictBenchmark();
    benchmark.prepare();
    benchmark.predict();
    return Json.object();
  }

  /** The processor time of the whole process, compilation and collection of garbage included. */
  private static ObjectNode predict(int calls) {
    PredictBenchmark benchmark = new PredictBenchmark();
    benchmark.prepare();
    for (int call = 0; call < WARMUP_CALLS; call++) {
      benchmark.predict();
    }
    long start = processNanos();
    for (int call = 0; call < calls; call++) {
      benchmark.predict();
    }
    return Json.object().put("cpu_us", (processNanos() - start) / 1e3 / calls);
  }

  private static long processNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static ObjectNode evaluate(int inFlight, int times) throws Exception {
    EvaluationBenchmark benchmark = new EvaluationBenchmark();
    benchmark.inFlight = inFlight;
    benchmark.examples = EXAMPLES;
    benchmark.prepare();
    for (int time = 0; time < WARMUP_EVALUATIONS; time++) {
      benchmark.evaluate();
    }
    benchmark.sleep(); // starts the threads of the control
    ObjectNode found = Json.object();
    ArrayNode took = found.putArray("ms");
    ArrayNode control = found.putArray("control_ms");
    for (int time = 0; time < times; time++) {
      took.add(milliseconds(benchmark::evaluate));
      control.add(milliseconds(benchmark::sleep));
    }
    benchmark.close();
    return found;
  }

  private static double milliseconds(Callable<?> work) throws Exception {
    long start = System.nanoTime();
    work.call();
    return (System.nanoTime() - start) / 1e6;
  }

  private static ObjectNode suggest(int[] trialCounts) {
    ObjectNode found = Json.object();
    for (int trials : trialCounts) {
      double[] times = suggestions(trials);
      found
          .putObject(String.valueOf(trials))
          .put("mean_us", Arrays.stream(times).average().orElseThrow())
          .put("median_us", Arrays.stream(times).sorted().toArray()[times.length / 2]);
    }
    return found;
  }

  /** Microseconds of processor time of each suggestion. */
  private static double[] suggestions(int trials) {
    TpeBenchmark benchmark = new TpeBenchmark();
    benchmark.trials = trials;
    benchmark.prepare();
    for (int warmup = 0; warmup < WARMUP_SUGGESTIONS; warmup++) {
      benchmark.suggest();
    }
    double[] times = new double[SUGGESTIONS];
    for (int suggestion = 0; suggestion < times.length; suggestion++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      benchmark.suggest();
      times[suggestion] =
          (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e3;
    }
    return times;
  }
}
