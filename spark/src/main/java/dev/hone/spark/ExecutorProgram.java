package dev.hone.spark;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.context.Context;
import dev.hone.context.MissingModelException;
import dev.hone.context.Spend;
import dev.hone.context.Usage;
import dev.hone.lm.LmException;
import dev.hone.row.RowFailure;
import dev.hone.row.RowRun;
import dev.hone.spark.column.RowAnswer;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program at work in this process: one for all tasks of an executor, with one pipeline for each
 * model. Thread-safe.
 */
final class ExecutorProgram {
  /** Programs that are kept though no task runs them, so that a notebook fills no memory. */
  private static final int PROGRAMS_KEPT = 64;

  /** As long as a program or a task has them: their threads end when they are idle. */
  private static final Cache<SparkModel, ExecutorModel> MODELS =
      Caffeine.newBuilder().weakValues().build();

  private static final Cache<Key, ExecutorProgram> PROGRAMS =
      Caffeine.newBuilder().maximumSize(PROGRAMS_KEPT).build();

  private final RowRun<ObjectNode, ObjectNode> rows;
  private final ExecutorModel model;

  private ExecutorProgram(RowRun<ObjectNode, ObjectNode> rows, ExecutorModel model) {
    this.rows = rows;
    this.model = model;
  }

  private record Key(SparkProgram program, SparkModel model) {}

  /** A model at work: who calls it, and the threads that do. */
  private record ExecutorModel(Context context, Executor threads, int inFlight) {
    static ExecutorModel of(SparkModel share) {
      Context context = share.context();
      // Half as many again as calls in flight, so that those which wait to try again leave no
      // place empty.
      int threads = share.maxInFlight() + (share.maxInFlight() + 1) / 2;
      return new ExecutorModel(context, daemons(threads), threads);
    }

    private static Executor daemons(int count) {
      AtomicInteger number = new AtomicInteger();
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(
              count,
              count,
              1,
              TimeUnit.MINUTES,
              new LinkedBlockingQueue<>(),
              work -> {
                Thread thread = new Thread(work, "hone-spark-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
              });
      pool.allowCoreThreadTimeOut(true);
      return pool;
    }
  }

  /**
   * The program of this process.
   *
   * @param share the part of the model's rates that is this process's
   */
  static ExecutorProgram of(SparkProgram program, SparkModel share) {
    return PROGRAMS.get(
        new Key(program, share),
        key ->
            new ExecutorProgram(
                new RowRun<>(program.load().program()), MODELS.get(share, ExecutorModel::of)));
  }

  /** The threads on which rows are answered, of all tasks together. */
  Executor threads() {
    return model.threads();
  }

  /** The most rows that are under way at once on these threads. */
  int mostUnderWay() {
    return model.inFlight();
  }

  /** The context of its calls. */
  Context context() {
    return model.context();
  }

  /** Answers one input; every exception is in what is returned, with what was paid until then. */
  RowAnswer answer(Supplier<ObjectNode> input) {
    ObjectNode read;
    try {
      read = input.get();
    } catch (RuntimeException e) {
      return RowAnswer.failed(RowFailure.className(e), RowFailure.words(e), Spend.NONE);
    }
    Usage.Tracked<RowAnswer> tracked = model.context().call(() -> Usage.track(() -> answer(read)));
    return tracked.value().paid(tracked.spend());
  }

  private RowAnswer answer(ObjectNode input) {
    try {
      return answer(rows.runUncounted(input));
    } catch (LmException | MissingModelException e) {
      return RowAnswer.ended(e, Spend.NONE);
    }
  }

  private static RowAnswer answer(RowRun.Ended<ObjectNode> ended) {
    RuntimeException failure = ended.failure();
    ObjectNode output = ended.output();
    if (failure == null && output != null) {
      return RowAnswer.of(output, ended.spend());
    }
    String kind =
        ended.refused()
            ? LmException.ContentRefused.class.getSimpleName()
            : failure == null ? "" : RowFailure.className(failure);
    return RowAnswer.failed(kind, failure == null ? "" : RowFailure.words(failure), ended.spend());
  }
}
