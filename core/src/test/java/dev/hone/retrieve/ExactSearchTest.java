package dev.hone.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.embed.Embedding;
import dev.hone.retrieve.VectorSearch.Near;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The two passes against all cosines, computed and sorted. */
class ExactSearchTest {
  /** How the numbers of a vector are made, of the number of the vector and a source of chance. */
  enum Kind {
    GAUSSIAN((v, random) -> d -> random.nextGaussian()),
    CLUSTERED((v, random) -> d -> Math.sin((v % 7 + 1) * (d + 1.0)) + 1e-4 * random.nextGaussian()),
    ALL_EQUAL((v, random) -> d -> d + 1.0),
    ALL_TIED((v, random) -> d -> d == v % 3 ? 1 : 0),
    SIGNS_ONLY((v, random) -> d -> random.nextBoolean() ? 1 : -1),
    FEW_VALUES((v, random) -> d -> random.nextInt(3) - 1),
    TINY((v, random) -> d -> 1e-44 * random.nextInt(-9, 10)),
    HUGE((v, random) -> d -> 3e38 * random.nextDouble(-1, 1)),
    ALL_SCALES(
        (v, random) -> {
          double scale = Math.pow(10, random.nextInt(-40, 38));
          return d -> scale * random.nextGaussian();
        }),
    SPIKES((v, random) -> d -> d == v % 5 ? 1000 : random.nextGaussian()),
    ONE_NUMBER((v, random) -> d -> d == 0 ? v % 2 * 2 - 1 : 1e-6 * random.nextGaussian()),
    MANY_ZEROS((v, random) -> d -> v % 2 == 0 ? 0 : random.nextGaussian()),
    ALL_ZEROS((v, random) -> d -> 0),
    NEARLY_EQUAL((v, random) -> d -> 1 + 1e-7 * random.nextInt(3));

    private final BiFunction<Integer, SplittableRandom, java.util.function.IntToDoubleFunction>
        numbers;

    Kind(BiFunction<Integer, SplittableRandom, java.util.function.IntToDoubleFunction> numbers) {
      this.numbers = numbers;
    }

    float[] vector(int v, int dimension, SplittableRandom random) {
      var numbersOfVector = numbers.apply(v, random);
      float[] values = new float[dimension];
      for (int d = 0; d < dimension; d++) {
        double value = numbersOfVector.applyAsDouble(d);
        values[d] = (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
      }
      return values;
    }
  }

  private static List<VectorBlock> blocks(List<float[]> vectors) {
    int dimension = vectors.get(0).length;
    List<VectorBlock> blocks = new ArrayList<>();
    for (int first = 0; first < vectors.size(); first += VectorBlock.MOST_VECTORS) {
      int count = Math.min(VectorBlock.MOST_VECTORS, vectors.size() - first);
      float[] values = new float[count * dimension];
      for (int v = 0; v < count; v++) {
        System.arraycopy(vectors.get(first + v), 0, values, v * dimension, dimension);
      }
      blocks.add(new VectorBlock(first, dimension, values));
    }
    return blocks;
  }

  private static List<Near> bruteForce(List<float[]> vectors, float[] query, int k) {
    Embedding sought = Embedding.of(query);
    return IntStream.range(0, vectors.size())
        .mapToObj(v -> new Near(v, sought.cosine(Embedding.of(vectors.get(v)))))
        .sorted(Near.ORDER)
        .limit(k)
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void findsWhatAllCosinesSortedGive(Kind kind) {
    SplittableRandom random = new SplittableRandom(13);
    for (int dimension : new int[] {1, 2, 3, 5, 8, 63, 383, 384, 385}) {
      for (int count : new int[] {1, 3, 4, 5, 333, 1000}) {
        List<float[]> vectors =
            IntStream.range(0, count).mapToObj(v -> kind.vector(v, dimension, random)).toList();
        VectorSearch search = new VectorSearch(blocks(vectors), 1);
        for (int round = 0; round < 3; round++) {
          Kind kindOfQuery = round == 1 ? Kind.GAUSSIAN : kind;
          float[] query =
              round == 0 ? vectors.get(count / 2) : kindOfQuery.vector(round, dimension, random);
          int k = Math.min(count, 1 + random.nextInt(12));

          assertThat(search.nearest(query, k)).isEqualTo(bruteForce(vectors, query, k));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void noCosineIsFartherFromItsCodesThanTheBound(Kind kind) {
    SplittableRandom random = new SplittableRandom(7);
    int dimension = 100;
    List<float[]> vectors =
        IntStream.range(0, 500).mapToObj(v -> kind.vector(v, dimension, random)).toList();
    VectorBlock block = blocks(vectors).get(0);
    for (Kind kindOfQuery : Kind.values()) {
      float[] values = kindOfQuery.vector(3, dimension, random);
      QueryCodes query = new QueryCodes(values);
      BlockScan scan = new BlockScan(query);
      scan.scan(block);
      for (int place = 0; place < vectors.size(); place++) {
        double middle = block.scale(place) * query.scale() * scan.product(place);
        double reach =
            block.mostError(place / VectorBlock.RANGE) * query.length() + query.error() + 1e-12;

        assertThat(block.cosine(block.vector(place), values, query.norm()))
            .isBetween(middle - reach, middle + reach);
      }
    }
  }

  @Test
  void theProductsOfCodesAreExact() {
    SplittableRandom random = new SplittableRandom(5);
    int dimension = 30;
    List<float[]> vectors =
        IntStream.range(0, 77).mapToObj(v -> Kind.SIGNS_ONLY.vector(v, dimension, random)).toList();
    VectorBlock block = blocks(vectors).get(0);
    for (Kind kind : List.of(Kind.SIGNS_ONLY, Kind.SPIKES, Kind.GAUSSIAN, Kind.ONE_NUMBER)) {
      QueryCodes query = new QueryCodes(kind.vector(1, dimension, random));
      BlockScan scan = new BlockScan(query);
      scan.scan(block);
      for (int v = 0; v < vectors.size(); v++) {
        int product = 0;
        for (int i = 0; i < query.groups() * QueryCodes.GROUP; i++) {
          for (int d : query.dimensions(i)) {
            int code = (block.row(d)[v / 4] >>> 8 * (v % 4) & 0xFF) - VectorBlock.ZERO;
            product += code * query.code(i);
          }
        }

        assertThat(scan.product(v)).isEqualTo(product);
      }
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSame() {
    SplittableRandom random = new SplittableRandom(3);
    int count = 3 * VectorBlock.MOST_VECTORS + 5;
    List<float[]> vectors =
        IntStream.range(0, count).mapToObj(v -> Kind.FEW_VALUES.vector(v, 6, random)).toList();
    List<VectorBlock> blocks = blocks(vectors);
    float[] query = Kind.GAUSSIAN.vector(0, 6, random);
    List<Near> expected = bruteForce(vectors, query, 40);

    for (int threads : new int[] {1, 2, 3, 9}) {
      assertThat(new VectorSearch(blocks, threads).nearest(query, 40)).isEqualTo(expected);
    }
  }

  @Test
  void theSecondPassOfManyTiedVectorsIsSharedAmongThreads() {
    int count = 2 * VectorBlock.MOST_VECTORS + 1;
    float[] same = {1, 2, 3};
    List<VectorBlock> blocks = blocks(java.util.Collections.nCopies(count, same));
    VectorSearch search = new VectorSearch(blocks, 4);

    assertThat(search.survivors(new QueryCodes(same), 3)).hasSize(count);
    assertThat(search.nearest(same, 3)).extracting(Near::vector).containsExactly(0, 1, 2);
  }

  @Test
  void theFirstPassLeavesFew() {
    SplittableRandom random = new SplittableRandom(1);
    List<float[]> vectors =
        IntStream.range(0, 20_000).mapToObj(v -> Kind.GAUSSIAN.vector(v, 384, random)).toList();
    VectorSearch search = new VectorSearch(blocks(vectors), 1);
    float[] query = Kind.GAUSSIAN.vector(0, 384, random);

    assertThat(search.survivors(new QueryCodes(query), 10).length).isBetween(10, 500);
    assertThat(Arrays.stream(search.survivors(new QueryCodes(query), 10))).isSorted();
  }
}
