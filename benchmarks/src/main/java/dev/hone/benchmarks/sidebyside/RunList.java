package dev.hone.benchmarks.sidebyside;

import dev.hone.InvalidInputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a program of this package is to run: every variant on every task and seed, seeds outermost.
 *
 * @param url the server's address
 * @param weighting the name of the server's weights
 * @param splits the folder of the splits
 * @param results the file to append to
 * @param variants the names of what to run
 * @param tasks the names of the tasks
 * @param seeds the seeds of the splits and of the runs
 */
record RunList(
    String url,
    String weighting,
    Path splits,
    Path results,
    List<String> variants,
    List<String> tasks,
    List<Long> seeds) {
  private static final int ARGUMENTS = 7;

  /** One run, whose row has what is run and gets what came out. */
  interface Run {
    /** Runs it. */
    void fill(ObjectNode row, StandIn server, SideBySideTask<?, ?> task, String variant, long seed)
        throws Exception;
  }

  /**
   * The list that {@code benchmarks/sidebyside/run} passes: URL WEIGHTING SPLITS RESULTS VARIANTS
   * TASKS SEEDS, the last three with commas.
   *
   * @throws InvalidInputException if there are more or fewer
   */
  static RunList of(String[] arguments) {
    if (arguments.length != ARGUMENTS) {
      throw InvalidInputException.of(
          "There are %d arguments, expected %d: URL WEIGHTING SPLITS RESULTS VARIANTS TASKS SEEDS"
              .formatted(arguments.length, ARGUMENTS),
          "start it by benchmarks/sidebyside/run");
    }
    return new RunList(
        arguments[0],
        arguments[1],
        Path.of(arguments[2]),
        Path.of(arguments[3]),
        listed(arguments[4]),
        listed(arguments[5]),
        listed(arguments[6]).stream().map(Long::valueOf).toList());
  }

  private static List<String> listed(String text) {
    return Arrays.asList(text.split(",", -1));
  }

  /** Makes all runs that the results do not hold. */
  void each(Run run) throws Exception {
    StandIn server = new StandIn(url);
    ResultsFile file = new ResultsFile(results);
    for (long seed : seeds) {
      for (String task : tasks) {
        for (String variant : variants) {
          ObjectNode row = ResultsFile.row(variant, task, seed, weighting);
          if (!file.has(row)) {
            run.fill(row, server, SideBySideTask.named(task), variant, seed);
            file.append(row);
            System.out.printf("%s %s %d %s%n", variant, task, seed, weighting);
          }
        }
      }
    }
  }
}
