package dev.hone.benchmarks.speed;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.metric.Metric;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.Predict;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Evaluating examples on a model that takes 200 ms per call. The ideal is examples / in flight x
 * 200 ms: 2,000 ms for 1,000 examples at 100 in flight and for 10,000 at 1,000, 200 ms for 1,000 at
 * 1,000.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 20)
@Fork(1)
public class EvaluationBenchmark {
  private record Question(String question) {}

  private record Answer(int answer) {}

  /** Takes 200 ms, as a remote model would, without using the processor. */
  private static final class SlowModel implements LanguageModel {
    @Override
    public LmResponse call(LmRequest request) {
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LmException.Interrupted("interrupted", e);
      }
      return LmResponse.of("[[ ## answer ## ]]\n7", LmUsage.of(100, 5), id());
    }

    @Override
    public String id() {
      return "slow";
    }
  }

  /** The most calls in flight. */
  @Param({"100", "1000"})
  public int inFlight;

  /** The number of examples. */
  @Param({"1000", "10000"})
  public int examples;

  private final Predict<Question, Answer> predict =
      Predict.of(Question.class, Answer.class, "Answer with a number.");

  private Evaluator<Question, Answer> evaluator = evaluator(1);

  private ExecutorService threads = Executors.newFixedThreadPool(1);

  /** Makes the examples, and the threads of the control. */
  @Setup
  public void prepare() {
    threads.shutdown();
    threads = Executors.newFixedThreadPool(inFlight);
    evaluator = evaluator(examples);
  }

  private static Evaluator<Question, Answer> evaluator(int size) {
    Dataset<Question, Answer> dataset =
        Dataset.of(
            IntStream.range(0, size)
                .mapToObj(i -> Example.of(new Question("What is " + i + "?"), new Answer(7)))
                .toList());
    return Evaluator.of(dataset, Metric.exact(Answer::answer));
  }

  /** Evaluates once. */
  @Benchmark
  public Object evaluate() {
    Context context =
        Context.builder()
            .lm(LmPipeline.builder(new SlowModel()).maxInFlight(inFlight).build())
            .build();
    return context.call(() -> evaluator.evaluate(predict));
  }

  /** The control: as many threads of the JDK, already started, that only sleep as long. */
  @Benchmark
  public Object sleep() throws InterruptedException, ExecutionException {
    Callable<String> call =
        () -> {
          Thread.sleep(200);
          return "";
        };
    List<Future<String>> results = threads.invokeAll(Collections.nCopies(examples, call));
    for (Future<String> result : results) {
      result.get();
    }
    return results;
  }

  /** Ends the threads of the control. */
  @TearDown
  public void close() {
    threads.shutdown();
  }
}
