package dev.hone.optimize.bootstrap;

import dev.hone.context.Context;
import dev.hone.data.Example;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.candidate.BootstrapFailedException;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.task.ReadableReplies;
import dev.hone.program.ProgramState;
import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out what the student gets wrong under a state, by running it on a few training examples:
 * first on those that were wrong before, then on others. No example is shown to the program it is
 * run on. Not thread-safe; its runs are concurrent.
 *
 * <p>Cost: at most {@value #MOST_EXAMPLES} program runs each time. Determinism: the examples follow
 * from seed, round and what was wrong before.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class TrainsetErrors<I, O> {
  /** How many examples are tried each time. */
  public static final int MOST_EXAMPLES = 16;

  private final OptimizationTask<I, O> task;
  private final BootstrapSettings settings;
  private final RandomSource random;
  private final ReadableReplies readable;

  /**
   * Makes it for the trainset of a task.
   *
   * @param readable what is known of the student's replies
   */
  public TrainsetErrors(
      OptimizationTask<I, O> task,
      BootstrapSettings settings,
      long seed,
      ReadableReplies readable) {
    this.task = task;
    this.settings = settings.withMaxRounds(1).withMaxErrors(Integer.MAX_VALUE);
    this.random = new RandomSource(seed);
    this.readable = readable;
  }

  /**
   * Runs the student in the current context.
   *
   * @param before what was found out before, by whatever state
   * @return what came of it; nothing where the metric fails or the model is not reached
   * @throws dev.hone.lm.LmException if the budget is spent, the credential refused or the thread
   *     interrupted
   */
  public ErrorContrast of(ProgramState state, int round, ErrorContrast before) {
    TracePool<I, O> pool =
        new TracePool<>(
            task.student(), task.metric(), Context.current(), state, settings, readable);
    try {
      pool.fill(chosen(round, before), Integer.MAX_VALUE);
    } catch (BootstrapFailedException e) {
      // What the proposer is not shown costs less than the run that would end here.
      return ErrorContrast.none();
    }
    return pool.contrast();
  }

  private List<Example<I, O>> chosen(int round, ErrorContrast before) {
    Set<String> wrong = new HashSet<>();
    before.wrong().forEach(answer -> wrong.add(answer.example().id()));
    Map<String, Example<I, O>> byId = new LinkedHashMap<>();
    task.trainset().examples().forEach(example -> byId.putIfAbsent(example.id(), example));
    List<Example<I, O>> order =
        new ArrayList<>(
            RandomSource.shuffled(List.copyOf(byId.values()), random.of("errors/" + round)));
    List<Example<I, O>> first = order.stream().filter(e -> wrong.contains(e.id())).toList();
    order.removeAll(first);
    order.addAll(0, first);
    return order.subList(0, Math.min(MOST_EXAMPLES, order.size()));
  }
}
