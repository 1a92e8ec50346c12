package dev.hone.benchmarks.sidebyside;

import dev.hone.data.Dataset;
import dev.hone.optimize.OptimizationTask;
import java.nio.file.Path;

/**
 * The data of one task and seed, as {@code split.py} wrote it; both programs read the same files.
 *
 * @param train to learn from
 * @param val to choose by
 * @param test seen by no optimizer
 * @param <I> what the program takes
 * @param <O> what it returns
 */
record SplitData<I, O>(Dataset<I, O> train, Dataset<I, O> val, Dataset<I, O> test) {
  /** Reads {@code SPLITS/TASK/SEED}. */
  static <I, O> SplitData<I, O> read(Path splits, SideBySideTask<I, O> task, long seed) {
    Path folder = splits.resolve(task.name()).resolve(Long.toString(seed));
    return new SplitData<>(
        part(folder, "train", task), part(folder, "val", task), part(folder, "test", task));
  }

  private static <I, O> Dataset<I, O> part(Path folder, String name, SideBySideTask<I, O> task) {
    return Dataset.ofJsonl(folder.resolve(name + ".jsonl"), task.program().signature());
  }

  /** What an optimizer is given. */
  OptimizationTask<I, O> optimization(SideBySideTask<I, O> task) {
    return OptimizationTask.of(task.program(), train, task.metric()).withValset(val);
  }
}
