package dev.hone.optimize.run;

import dev.hone.context.Context;
import dev.hone.context.Spend;
import dev.hone.context.SpendMeter;
import dev.hone.optimize.OptimizerEvent.OptimizerFailed;
import dev.hone.optimize.OptimizerEvent.StageFinished;
import dev.hone.optimize.OptimizerEvent.StageStarted;
import java.util.Map;
import java.util.function.Supplier;

/** The stages of one run of an optimizer: tells of each, and adds up what it costs. Thread-safe. */
public final class Stages {
  private final String optimizer;
  private final RunMeter meter = new RunMeter();

  /** The stages of a run of the optimizer of this name. */
  public Stages(String optimizer) {
    this.optimizer = optimizer;
  }

  /** Runs the whole of the optimizer in a context, and tells if it gives up. */
  public <T> T runAll(Context context, Supplier<T> work) {
    try {
      return context.call(work::get);
    } catch (RuntimeException e) {
      context.emit(new OptimizerFailed(optimizer, e));
      throw e;
    }
  }

  /**
   * Runs a stage in a context.
   *
   * @param name its name, such as {@code evaluate}; one that runs again adds to itself
   * @param detail what it will do, in a phrase
   */
  public <T> T run(String name, String detail, Context context, Supplier<T> work) {
    SpendMeter own = new SpendMeter();
    Context metered = context.withListener(meter).withListener(own);
    metered.emit(new StageStarted(optimizer, name, detail));
    T result;
    try {
      result = metered.call(work::get);
    } finally {
      meter.closeStage(name, own.total());
    }
    metered.emit(new StageFinished(optimizer, name, "done: " + detail));
    return result;
  }

  /** What each stage cost, in the order in which they ended first. */
  public Map<String, Spend> spendByStage() {
    return meter.byStage();
  }

  /** What each model cost, by its id. */
  public Map<String, Spend> spendByModel() {
    return meter.byModel();
  }
}
