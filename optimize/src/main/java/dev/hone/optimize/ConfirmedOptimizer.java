package dev.hone.optimize;

import java.util.function.Predicate;

/**
 * An optimizer that asks before it runs.
 *
 * @param <R> the report of a run
 */
final class ConfirmedOptimizer<R extends OptimizationReport> implements Optimizer<R> {
  private final Optimizer<R> optimizer;
  private final Predicate<? super OptimizationPlan> permission;

  ConfirmedOptimizer(Optimizer<R> optimizer, Predicate<? super OptimizationPlan> permission) {
    this.optimizer = optimizer;
    this.permission = permission;
  }

  @Override
  public String name() {
    return optimizer.name();
  }

  @Override
  public <I, O> Optimized<I, O, R> compile(OptimizationTask<I, O> task) {
    OptimizationPlan plan = optimizer.plan(task);
    if (!permission.test(plan)) {
      throw new RunNotConfirmedException(plan);
    }
    return optimizer.compile(task);
  }

  @Override
  public <I, O> OptimizationPlan plan(OptimizationTask<I, O> task) {
    return optimizer.plan(task);
  }

  @Override
  public String toString() {
    return optimizer.toString();
  }
}
