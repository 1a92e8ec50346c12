package dev.hone.benchmarks.speed;

import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.pipeline.LmPipeline;
import dev.hone.sqlite.SqliteCache;
import dev.hone.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The reply cache on disk with 20,000 replies of 1,000 characters, keys in random order: a hit in
 * memory, a hit on disk, a hit in memory through the pipeline with the key of a prompt of 4,000
 * characters, and putting a reply in.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CacheBenchmark {
  private static final int REPLIES = 20_000;
  private static final LmRequest ASKED = LmRequest.of(LmMessage.user("word ".repeat(800)));

  private final SplittableRandom random = new SplittableRandom(1);
  private final LmResponse reply =
      LmResponse.of("lorem ipsum ".repeat(84), LmUsage.of(900, 250), "vendor:model");
  private SqliteCache memory = opened(0);
  private SqliteCache disk = memory;
  private LmPipeline pipeline =
      LmPipeline.builder(ScriptedModel.answering(request -> "fine")).build();
  private long count;

  private static SqliteCache opened(long memoryBytes) {
    try {
      Path folder = Files.createTempDirectory("hone-cache");
      return SqliteCache.builder()
          .file(folder.resolve("replies.db"))
          .memoryBytes(memoryBytes)
          .open();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String key(long index) {
    return String.format(Locale.ROOT, "%064x", index * 0x9E3779B97F4A7C15L);
  }

  private String anyKey() {
    return key(random.nextInt(REPLIES));
  }

  /** Fills the caches. */
  @Setup
  public void prepare() {
    disk = opened(0);
    memory = opened(200_000_000);
    for (int i = 0; i < REPLIES; i++) {
      disk.put(key(i), reply);
      memory.put(key(i), reply);
    }
    pipeline = LmPipeline.builder(ScriptedModel.answering(request -> "fine")).cache(memory).build();
    pipeline.call(ASKED);
  }

  /** Closes the caches. */
  @TearDown
  public void close() {
    disk.close();
    memory.close();
  }

  /** Makes a key, which the hits do as well. */
  @Benchmark
  public Object keyOnly() {
    return anyKey();
  }

  /** Finds a reply in memory. */
  @Benchmark
  public Object memoryHit() {
    return memory.get(anyKey()).orElseThrow();
  }

  /** Finds a reply on disk. */
  @Benchmark
  public Object diskHit() {
    return disk.get(anyKey()).orElseThrow();
  }

  /** Asks a pipeline whose cache has the reply in memory. */
  @Benchmark
  public Object pipelineMemoryHit() {
    return pipeline.call(ASKED);
  }

  /** Puts a new reply in. */
  @Benchmark
  public Object put() {
    disk.put(key(REPLIES + count++), reply);
    return count;
  }
}
