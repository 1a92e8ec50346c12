package dev.hone.benchmarks.ablation;

import dev.hone.examples.BuiltInTask;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.search.Search;
import dev.hone.program.Program;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * One way to find a program.
 *
 * @param name its name in the table
 * @param find finds it, for a task and a seed
 */
record Variant(String name, Finder find) {
  /** Finds a program. */
  @FunctionalInterface
  interface Finder {
    Program<ObjectNode, ObjectNode> find(BuiltInTask<ObjectNode, ObjectNode> task, long seed);
  }

  static List<Variant> all() {
    return List.of(
        new Variant("zero-shot baseline", (task, seed) -> task.program()),
        new Variant(
            "BootstrapFewShot",
            (task, seed) ->
                BootstrapFewShot.defaults()
                    .seed(seed)
                    .compile(task.program(), task.trainset(), task.metric())),
        mipro("MIPROv2, demos only", settings -> settings.instructionCandidates(1)),
        mipro(
            "MIPROv2, instructions only",
            settings -> settings.maxBootstrappedDemos(0).maxLabeledDemos(0)),
        mipro("MIPROv2, both, TPE", settings -> settings.search(Search.tpe())),
        mipro("MIPROv2, both, random", settings -> settings.search(Search.random())),
        mipro(
            "MIPROv2, both, TPE, 3 proposal rounds",
            settings -> settings.search(Search.tpe()).proposalRounds(3)),
        mipro("MIPROv2, both, racing", settings -> settings.search(Search.racing())));
  }

  private static Variant mipro(String name, UnaryOperator<MiproV2> change) {
    return new Variant(
        name,
        (task, seed) ->
            change
                .apply(MiproV2.light())
                .seed(seed)
                .compile(task.program(), task.trainset(), task.metric()));
  }
}
