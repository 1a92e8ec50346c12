package dev.hone.benchmarks.candidates;

import java.util.Locale;

/**
 * What one demo set is worth with the original instruction.
 *
 * @param model the model
 * @param task the task
 * @param seed the seed of split and choice
 * @param way how the set was made; sets of one space share it
 * @param demos how many demos it has
 * @param test its score on the test set, in points
 * @param val its score on the examples to choose by, in points
 * @param tokens prompt tokens of a call; 0 where a cache answered
 */
record DemoRow(
    String model,
    String task,
    long seed,
    String way,
    int demos,
    double test,
    double val,
    double tokens) {
  static final String HEADER = "model,task,seed,way,demos,test,val,tokens";

  private static final int TEST = 5;
  private static final int VAL = 6;
  private static final int TOKENS = 7;

  static DemoRow ofLine(String line) {
    String[] cells = line.split(",", -1);
    return new DemoRow(
        cells[0],
        cells[1],
        Long.parseLong(cells[2]),
        cells[3],
        Integer.parseInt(cells[4]),
        Double.parseDouble(cells[TEST]),
        Double.parseDouble(cells[VAL]),
        Double.parseDouble(cells[TOKENS]));
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%s,%s,%d,%s,%d,%.4f,%.4f,%.1f",
        model,
        task,
        seed,
        way,
        demos,
        test,
        val,
        tokens);
  }
}
