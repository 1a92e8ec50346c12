package dev.hone.benchmarks.batch;

import dev.hone.batch.BatchReport;
import dev.hone.batch.BatchRun;
import dev.hone.context.Context;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.program.Predict;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The process that is killed: a batch on a scripted model. Arguments: input, output. */
public final class ScriptedBatch {
  static final String HEAP = "heap after collection ";

  private static final int IN_FLIGHT = 16;
  private static final int FAILS_OF = 100;
  private static final int FAILS_AT = 37;
  private static final int SHOWN = 12;
  private static final int INTERVAL_MILLIS = 2_000;
  private static final String MARK = "snippet number ";

  private ScriptedBatch() {}

  record Snippet(String text) {}

  record Verdict(String label, int number) {}

  /** Runs it. */
  public static void main(String[] args) {
    Thread printer = new Thread(ScriptedBatch::printHeap);
    printer.setDaemon(true);
    printer.start();
    LmPipeline pipeline =
        LmPipeline.builder(new Model())
            .noCache()
            .retry(RetrySettings.none())
            .maxInFlight(IN_FLIGHT)
            .build();
    var program = Predict.of(Snippet.class, Verdict.class, "Label the snippet with its number.");
    BatchReport report =
        Context.builder()
            .lm(pipeline)
            .build()
            .call(() -> BatchRun.of(program).runJsonl(Path.of(args[0]), Path.of(args[1])));
    System.out.println(HEAP + heapAfterCollection());
    System.out.println(report);
  }

  private static void printHeap() {
    try {
      while (true) {
        Thread.sleep(INTERVAL_MILLIS);
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
            Locale.ROOT,
            "heap used %.1f MB%n",
            (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
        System.out.println(HEAP + heapAfterCollection());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the collector left in the heap. */
  private static String heapAfterCollection() {
    System.gc();
    double bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getCollectionUsage();
      bytes += pool.getType() == MemoryType.HEAP && usage != null ? usage.getUsed() : 0;
    }
    return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
  }

  /** At most a dozen of the figures, from the first to the last. */
  static List<String> thinned(List<String> figures) {
    List<String> some = new ArrayList<>();
    int shown = Math.min(SHOWN, figures.size());
    for (int i = 0; i < shown; i++) {
      some.add(figures.get((int) ((long) i * (figures.size() - 1) / Math.max(1, shown - 1))));
    }
    return some;
  }

  static boolean fails(int row) {
    return row % FAILS_OF == FAILS_AT;
  }

  static String inputLine(int row) {
    return "{\"id\":" + row + ",\"text\":\"" + text(row) + "\"}";
  }

  private static String text(int row) {
    return MARK + row + (fails(row) ? ", of which nobody makes sense" : ", as ordinary as most");
  }

  private static String answeredLine(int row) {
    return "{\"text\":\"%s\",\"label\":\"ordinary\",\"number\":%d,\"id\":%d}"
        .formatted(text(row), row, row);
  }

  /** About the size of the whole output. */
  static double outputBytes(int rows) {
    return (double) rows * answeredLine(rows).length();
  }

  /** Whether a line of the output is that of a row. */
  static boolean isRight(String line, int row) {
    return fails(row)
        ? line.startsWith("{\"text\":\"" + text(row) + "\",\"id\":" + row + ",\"error\":")
            && line.endsWith("\"error_class\":\"UnparsableReplyException\"}")
        : line.equals(answeredLine(row));
  }

  /** Answers with the number of the snippet; of some it makes nothing. */
  private static final class Model implements LanguageModel {
    @Override
    public LmResponse call(LmRequest request) {
      for (LmMessage message : request.messages()) {
        String text = message.text();
        int at = text.indexOf(MARK);
        if (at >= 0) {
          int end = text.indexOf(',', at);
          int row = Integer.parseInt(text.substring(at + MARK.length(), end));
          return LmResponse.of(
              fails(row)
                  ? "I make nothing of it."
                  : "[[ ## label ## ]]\nordinary\n\n[[ ## number ## ]]\n"
                      + row
                      + "\n\n[[ ## completed ## ]]",
              LmUsage.of(100, 20),
              id());
        }
      }
      throw new IllegalStateException("The request has no snippet");
    }

    @Override
    public String id() {
      return "scripted:batch";
    }
  }
}
