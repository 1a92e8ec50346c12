package dev.hone.benchmarks.journal;

import com.sun.management.OperatingSystemMXBean;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.metric.Metric;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.Predict;
import dev.hone.signature.Signature;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a journal costs: the same run with and without one, in turns, of a model that takes 20 ms,
 * with 100 calls in flight. Prints seconds and processor time per call of each, and the ratios of
 * the medians. Arguments: pairs of runs, examples; default 7 1000.
 */
public final class JournalOverhead {
  private static final int LATENCY_MILLIS = 20;
  private static final int IN_FLIGHT = 100;

  private final Dataset<ObjectNode, ObjectNode> examples;
  private final Path folder;
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private JournalOverhead(int examples, Path folder) {
    this.folder = folder;
    this.examples =
        Dataset.of(
            IntStream.range(0, examples)
                .mapToObj(
                    i ->
                        Example.<ObjectNode, ObjectNode>of(
                            Json.object().put("question", "What of number " + i + "?"),
                            Json.object().put("answer", "number " + i % 7)))
                .toList());
  }

  /** One run. */
  private record Cost(double seconds, double cpuMicrosPerCall, long calls) {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int pairs = args.length > 0 ? Integer.parseInt(args[0]) : 7;
    int examples = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
    Path folder = Files.createTempDirectory("hone-overhead");
    JournalOverhead overhead = new JournalOverhead(examples, folder);
    overhead.run(false, "warm");
    overhead.run(true, "warm");
    Cost[] without = new Cost[pairs];
    Cost[] with = new Cost[pairs];
    for (int i = 0; i < pairs; i++) {
      boolean journalFirst = i % 2 == 0;
      Cost first = overhead.run(journalFirst, "run-" + i);
      Cost second = overhead.run(!journalFirst, "run-" + i);
      with[i] = journalFirst ? first : second;
      without[i] = journalFirst ? second : first;
      System.out.printf(
          "pair %d: %d calls; %.3f s, %.0f us of processor a call without; %.3f s, %.0f us with%n",
          i,
          without[i].calls(),
          without[i].seconds(),
          without[i].cpuMicrosPerCall(),
          with[i].seconds(),
          with[i].cpuMicrosPerCall());
    }
    System.out.printf(
        "ratio of the medians: time %.4f, processor %.4f; processors %d, load %.1f%n",
        median(with, true) / median(without, true),
        median(with, false) / median(without, false),
        Runtime.getRuntime().availableProcessors(),
        overhead.system.getSystemLoadAverage());
  }

  private static double median(Cost[] costs, boolean seconds) {
    double[] sorted =
        Arrays.stream(costs)
            .mapToDouble(c -> seconds ? c.seconds() : c.cpuMicrosPerCall())
            .sorted()
            .toArray();
    return sorted[sorted.length / 2];
  }

  private Cost run(boolean journal, String name) {
    AtomicLong calls = new AtomicLong();
    LanguageModel model =
        new LanguageModel() {
          @Override
          public LmResponse call(LmRequest request) {
            calls.incrementAndGet();
            try {
              Thread.sleep(LATENCY_MILLIS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              throw new LmException.Interrupted("Interrupted", e);
            }
            String text =
                "[[ ## answer ## ]]\nnumber "
                    + Math.floorMod(request.messages().hashCode(), 7)
                    + "\n\n[[ ## completed ## ]]";
            return LmResponse.of(text, LmUsage.of(300, 20), id());
          }

          @Override
          public String id() {
            return "slow";
          }
        };
    Optimizer<?> search = BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(2).seed(1);
    Optimizer<?> optimizer = journal ? search.journal(folder.resolve(name)) : search;
    Metric<ObjectNode, ObjectNode> metric = Metric.exact("answer");
    var program = Predict.of(Signature.parse("question -> answer"));
    Context context =
        Context.builder().lm(LmPipeline.builder(model).maxInFlight(IN_FLIGHT).build()).build();
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    context.call(() -> optimizer.compile(program, examples, metric));
    double seconds = (System.nanoTime() - start) / 1e9;
    double micros = (system.getProcessCpuTime() - cpu) / 1e3 / Math.max(1, calls.get());
    return new Cost(seconds, micros, calls.get());
  }
}
