package dev.hone.benchmarks.speed;

import dev.hone.optimize.search.tpe.CategoricalTpe;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * One suggestion of TPE after a number of finished trials in 4 dimensions of 7 and 13 candidates;
 * the comparison is {@code benchmarks/optuna_tpe.py}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TpeBenchmark {
  private static final List<Integer> CHOICES = List.of(7, 13, 7, 13);

  /** The finished trials. */
  @Param({"30", "300", "1000"})
  public int trials;

  private final CategoricalTpe tpe = new CategoricalTpe(CHOICES);
  private final SplittableRandom random = new SplittableRandom(1);

  /** Tells it the trials. */
  @Setup
  public void prepare() {
    for (int trial = 0; trial < trials; trial++) {
      tpe.tell(CHOICES.stream().map(random::nextInt).toList(), random.nextDouble());
    }
  }

  /** Suggests once. */
  @Benchmark
  public Object suggest() {
    return tpe.suggest(1, random);
  }
}
