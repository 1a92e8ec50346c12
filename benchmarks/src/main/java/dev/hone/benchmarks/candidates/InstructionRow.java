package dev.hone.benchmarks.candidates;

import java.util.List;
import java.util.Locale;

/**
 * One instruction with what it scored.
 *
 * @param task the task
 * @param seed the seed of split and run
 * @param source who wrote it
 * @param bare the test score of the program with it and no demos, in points
 * @param labeled the same with 16 labelled demos
 * @param tokensPerCall the prompt tokens of a call of the program with it and no demos
 * @param tokensToPropose the tokens, prompt and completion, of a proposal of its source
 */
record InstructionRow(
    String task,
    long seed,
    Source source,
    double bare,
    double labeled,
    double tokensPerCall,
    double tokensToPropose) {
  static final String HEADER = "task,seed,source,bare,labeled,tokensPerCall,tokensToPropose";

  /** Who wrote an instruction. */
  enum Source {
    /** The user: the one that the program came with. */
    GIVEN,
    /** The proposer, not shown errors. */
    PLAIN,
    /** The proposer, by the same choices and shown errors. */
    ERRORS
  }

  static InstructionRow ofLine(String line) {
    List<String> cells = List.of(line.split(",", -1));
    return new InstructionRow(
        cells.get(0),
        Long.parseLong(cells.get(1)),
        Source.valueOf(cells.get(2)),
        Double.parseDouble(cells.get(3)),
        Double.parseDouble(cells.get(4)),
        Double.parseDouble(cells.get(5)),
        Double.parseDouble(cells.get(6)));
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%s,%d,%s,%.3f,%.3f,%.1f,%.1f",
        task,
        seed,
        source,
        bare,
        labeled,
        tokensPerCall,
        tokensToPropose);
  }
}
