package dev.hone.data.overlap;

import dev.hone.SettingCheck;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The examples of one dataset whose inputs another has too, exactly or nearly: a score on them
 * shows what a program was told, not what it can do. Immutable.
 *
 * <p>Texts are compared without case, punctuation and spacing. Nearly equal are those that are the
 * same then, and those of five words or more that share {@value #LEAST_SHARED} of their distinct
 * words (Jaccard's index) and all numbers; with an embedder also those whose vectors are closer
 * than a similarity. Labels do not count. The order of the first dataset is kept.
 *
 * <p>Cost: no model call; with an embedder, one embedding per example, and the product of the sizes
 * in comparisons.
 */
public final class DatasetOverlap {
  private static final double LEAST_SHARED = 0.8;
  private static final int QUOTED = 80;

  private final List<Pair> exact;
  private final List<Pair> near;
  private final int examples;

  private DatasetOverlap(List<Pair> exact, List<Pair> near, int examples) {
    this.exact = List.copyOf(exact);
    this.near = List.copyOf(near);
    this.examples = examples;
  }

  /**
   * An example with the one of the other dataset that is most like it.
   *
   * @param example of the first dataset
   * @param like of the other one
   * @param similarity 1 for equal inputs, else the share of words in common, or the cosine of the
   *     vectors
   */
  public record Pair(Example<?, ?> example, Example<?, ?> like, double similarity) {}

  /** The overlap by words. */
  public static DatasetOverlap of(Dataset<?, ?> examples, Dataset<?, ?> others) {
    WordIndex index = new WordIndex(others.examples());
    List<Pair> exact = new ArrayList<>();
    List<Pair> near = new ArrayList<>();
    for (Example<?, ?> example : examples) {
      index
          .nearest(example, LEAST_SHARED)
          .ifPresent(pair -> (WordIndex.equal(pair) ? exact : near).add(pair));
    }
    return new DatasetOverlap(exact, near, examples.size());
  }

  /**
   * The overlap by words and by vectors.
   *
   * @param least the least cosine that counts as near, such as 0.95
   */
  public static DatasetOverlap of(
      Dataset<?, ?> examples, Dataset<?, ?> others, Embedder embedder, double least) {
    SettingCheck.fraction("least", least, 0.95);
    DatasetOverlap byWords = of(examples, others);
    List<Embedding> vectors =
        others.examples().stream().map(other -> embedder.embed(WordIndex.text(other))).toList();
    List<Pair> near = new ArrayList<>();
    for (Example<?, ?> example : examples) {
      if (byWords.exact.stream().noneMatch(pair -> pair.example().equals(example))) {
        byWords.near.stream()
            .filter(pair -> pair.example().equals(example))
            .findFirst()
            .or(() -> closest(example, others, vectors, embedder, least))
            .ifPresent(near::add);
      }
    }
    return new DatasetOverlap(byWords.exact, near, examples.size());
  }

  private static Optional<Pair> closest(
      Example<?, ?> example,
      Dataset<?, ?> others,
      List<Embedding> vectors,
      Embedder embedder,
      double least) {
    Embedding own = embedder.embed(WordIndex.text(example));
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      pairs.add(new Pair(example, others.get(i), own.cosine(vectors.get(i))));
    }
    return pairs.stream()
        .filter(pair -> pair.similarity() >= least)
        .max(Comparator.comparingDouble(Pair::similarity));
  }

  /** The examples whose input the other dataset has exactly. */
  public List<Pair> exact() {
    return exact;
  }

  /**
   * The examples whose input the other dataset has nearly; those of {@link #exact} are not in it.
   */
  public List<Pair> near() {
    return near;
  }

  /** Whether nothing is in common. */
  public boolean isEmpty() {
    return exact.isEmpty() && near.isEmpty();
  }

  /** One sentence, with the first pair that is nearly equal, else the first equal one. */
  @Override
  public String toString() {
    if (isEmpty()) {
      return "none of %s is in the other dataset".formatted(Plural.of(examples, "example"));
    }
    Pair first = near.isEmpty() ? exact.get(0) : near.get(0);
    return "%d of %s have an input of the other dataset exactly and %d nearly, such as \"%s\" and \"%s\""
        .formatted(
            exact.size(),
            Plural.of(examples, "example"),
            near.size(),
            Excerpt.ofLine(WordIndex.text(first.example()), QUOTED),
            Excerpt.ofLine(WordIndex.text(first.like()), QUOTED));
  }
}
