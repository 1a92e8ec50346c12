package dev.hone.optimize.fewshot;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.data.Dataset;
import dev.hone.json.Json;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.bootstrap.LabeledDemos;
import dev.hone.program.Program;
import dev.hone.program.ProgramState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The simplest optimizer: shows each predictor a random sample of the labelled examples that fit
 * it.
 *
 * <p>Determinism: the same seed and data give the same demos. Cost: no model calls. Source: DSPy's
 * LabeledFewShot. Differs from the reference: examples whose fields do not fit a predictor are not
 * shown to it, and repeated examples are shown once.
 *
 * @param maxLabeledDemos the most demos per predictor; default 16
 * @param seed the seed of the sample; default 0
 */
public record LabeledFewShot(int maxLabeledDemos, long seed) {
  /** Checks the number of demos. */
  public LabeledFewShot {
    if (maxLabeledDemos < 0) {
      throw InvalidInputException.of(
          "maxLabeledDemos (" + maxLabeledDemos + ") is negative", "use 0 for no demos");
    }
  }

  /** At most 16 demos, seed 0. */
  public static LabeledFewShot defaults() {
    return new LabeledFewShot(16, 0);
  }

  /** A copy with another seed. */
  public LabeledFewShot withSeed(long value) {
    return new LabeledFewShot(maxLabeledDemos, value);
  }

  /**
   * Gives a program labelled demos.
   *
   * @return the program, and a report of the number of demos per predictor
   * @throws InvalidInputException if the trainset is empty or none of its examples has a label, or
   *     the program has no predictors
   */
  public <I, O> Optimized<I, O, Map<String, Integer>> compile(
      Program<I, O> student, Dataset<I, O> trainset) {
    OptimizationTask.requireArgument(student, "student");
    OptimizationTask.requireArgument(trainset, "trainset");
    if (trainset.size() == 0) {
      throw InvalidInputException.of("The trainset is empty", "check the file it comes from");
    }
    trainset.requireLabels("LabeledFewShot");
    ProgramState state =
        LabeledDemos.sampled(
            OptimizationTask.requirePredictors(student), trainset, maxLabeledDemos, seed);
    Provenance provenance =
        new Provenance(
            "LabeledFewShot",
            Json.object().put("maxLabeledDemos", maxLabeledDemos),
            seed,
            List.of(),
            Map.of("trainset", trainset.fingerprint()),
            Map.of());
    Map<String, Integer> report = new LinkedHashMap<>();
    state.byPredictor().forEach((name, s) -> report.put(name, s.demos().size()));
    return new Optimized<>(Compiled.of(student, state, provenance), report);
  }
}
