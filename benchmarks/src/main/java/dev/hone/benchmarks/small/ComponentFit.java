package dev.hone.benchmarks.small;

import dev.hone.benchmarks.quality.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Estimates the variance components of recorded outcomes, in the mean over the runs of a task, and
 * beside them those of surfaces that are drawn with them.
 */
public final class ComponentFit {
  private static final int SURFACES = 200;
  private static final long SEED = 4711;

  private ComponentFit() {}

  /**
   * Writes the table.
   *
   * @param arguments the file to write, {@code benchmarks/quality/results/small-components.md} if
   *     left out; then files of recorded outcomes besides those that come with the benchmark
   */
  public static void main(String[] arguments) throws IOException {
    Path file =
        Path.of(
            arguments.length > 0 ? arguments[0] : "benchmarks/quality/results/small-components.md");
    List<RecordedLandscape> tasks = new ArrayList<>(RecordedLandscape.all());
    for (int i = 1; i < arguments.length; i++) {
      tasks.addAll(RecordedLandscape.read(Path.of(arguments[i])));
    }
    String page = page(tasks);
    Files.writeString(file, page);
    System.out.print(page);
  }

  private static String page(List<RecordedLandscape> tasks) {
    Map<String, List<RecordedLandscape>> cells = new LinkedHashMap<>();
    for (RecordedLandscape task : tasks) {
      String cell = task.familyName() + ", " + task.task().split(",", 2)[0];
      cells.computeIfAbsent(cell, added -> new ArrayList<>()).add(task);
    }
    StringBuilder page =
        new StringBuilder(
            """
            # Variance components of recorded outcomes

            Written by `ComponentFit`. Components are variances of scores; see `VarianceComponents` for what each is and how it is
            estimated. Each cell is the mean over its runs; the second row is the same estimate of %d surfaces of 3 instructions,
            6 demo sets and as many examples, drawn with the components of the first.

            | runs | mean | instructions | demo sets | pairs | examples | instruction on example | demo set on example | rest | given less other instructions | no demos less demo sets |
            |---|---|---|---|---|---|---|---|---|---|---|
            """
                .formatted(SURFACES));
    cells.forEach(
        (cell, runs) -> {
          VarianceComponents recorded =
              VarianceComponents.mean(runs.stream().map(VarianceComponents::of).toList());
          page.append(row(cell + " (" + runs.size() + ")", recorded));
          page.append(row("… simulated", simulated(recorded, runs.get(0).exampleCount())));
        });
    return page.toString();
  }

  /** The mean estimate of surfaces that are drawn with components. */
  static VarianceComponents simulated(VarianceComponents components, int examples) {
    List<VarianceComponents> estimates = new ArrayList<>();
    for (int i = 0; i < SURFACES; i++) {
      estimates.add(
          VarianceComponents.of(
              new SmallSurface(
                  SmallFamily.STANDIN_4,
                  components,
                  4,
                  new SmallShape(1, 3, 6),
                  examples,
                  Hash.of(SEED, i, 0, 0))));
    }
    return VarianceComponents.mean(estimates);
  }

  private static String row(String name, VarianceComponents of) {
    return String.format(
        Locale.ROOT,
        "| %s | %.3f | %.5f | %.5f | %.5f | %.4f | %.4f | %.4f | %.4f | %+.3f | %+.3f |%n",
        name,
        of.mean(),
        of.instructions(),
        of.demos(),
        of.pairs(),
        of.examples(),
        of.instructionOnExample(),
        of.demosOnExample(),
        of.rest(),
        of.givenGap(),
        of.noDemosGap());
  }
}
