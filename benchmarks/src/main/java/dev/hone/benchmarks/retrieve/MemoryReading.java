package dev.hone.benchmarks.retrieve;

import dev.hone.context.Context;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads as many bytes as the codes of the vectors have, in the fastest plain loop known: four sums
 * of longs. In as many arrays as there are blocks, shared out to threads as blocks are.
 */
final class MemoryReading {
  private static final int ARRAY_BYTES = 1 << 21;

  private final long[][] arrays;

  /** The sum, kept so that no loop is left out. */
  private long sum;

  MemoryReading(long bytes) {
    int count = (int) ((bytes + ARRAY_BYTES - 1) / ARRAY_BYTES);
    arrays = new long[count][];
    for (int i = 0; i < count; i++) {
      long size = Math.min(ARRAY_BYTES, bytes - (long) i * ARRAY_BYTES);
      arrays[i] = new long[(int) (size / Long.BYTES)];
      Arrays.fill(arrays[i], i);
    }
  }

  /** Reads all. */
  long read(int threads) {
    List<Integer> parts = IntStream.range(0, threads).boxed().toList();
    List<Long> sums =
        threads == 1
            ? List.of(read(0, 1))
            : Context.current().workers().map(parts, threads, part -> read(part, threads));
    sum += sums.stream().mapToLong(Long::longValue).sum();
    return sum;
  }

  private long read(int first, int step) {
    long all = 0;
    for (int i = first; i < arrays.length; i += step) {
      all += sum(arrays[i]);
    }
    return all;
  }

  private static long sum(long[] values) {
    long a = 0;
    long b = 0;
    long c = 0;
    long d = 0;
    for (int i = 0; i + 3 < values.length; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    return a + b + c + d;
  }
}
