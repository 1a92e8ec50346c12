package dev.hone.retrieve;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.context.Context;
import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Passages in memory, found by the cosine between their embeddings and that of a query; exact, not
 * approximate. Immutable and thread-safe: for other passages make another index.
 *
 * <p>Defaults: a query uses as many threads as there are processors, at most those that the context
 * has. Memory: 5 bytes per number of a vector and 16 per vector beside the passages, so 1.9 GB for
 * a million of 384 numbers. Determinism: the same passages, embedder and query give the same result
 * to the last bit, with any number of threads. Cost: no model call; an embedding per passage when
 * it is made, and one per query, after which a query takes about one and a half times as long as
 * reading a byte per number of every vector from memory.
 */
public final class EmbeddingIndex implements Retriever {
  /** The most numbers of a vector. */
  static final int MOST_DIMENSIONS = 16_384;

  private final Embedder embedder;
  private final List<Passage> passages;
  private final VectorSearch search;

  private EmbeddingIndex(Embedder embedder, List<Passage> passages, VectorSearch search) {
    this.embedder = embedder;
    this.passages = passages;
    this.search = search;
  }

  /**
   * Embeds passages, concurrently, in the current context. A blank text is embedded as any other;
   * what has no direction, all zeros, has the cosine 0 with everything.
   *
   * @param passages in an order that decides between equally near ones
   * @throws InvalidInputException if two have one id, or the embedder gives vectors of different
   *     sizes or of more than 16,384 numbers
   * @throws dev.hone.lm.LmException if the embedder fails, or the thread is interrupted
   */
  public static EmbeddingIndex of(Embedder embedder, Collection<Passage> passages) {
    List<Passage> all = List.copyOf(passages);
    requireDistinct(all);
    List<VectorBlock> blocks = new ArrayList<>();
    int dimension = 0;
    for (int first = 0; first < all.size(); first += VectorBlock.MOST_VECTORS) {
      List<Passage> part =
          all.subList(first, Math.min(all.size(), first + VectorBlock.MOST_VECTORS));
      List<Embedding> vectors =
          Context.current().workers().map(part, passage -> embedder.embed(passage.text()));
      dimension = dimension == 0 ? vectors.get(0).size() : dimension;
      blocks.add(new VectorBlock(first, dimension, values(dimension, part, vectors)));
    }
    return of(embedder, all, blocks);
  }

  /** An index of passages that have their vectors. */
  static EmbeddingIndex of(Embedder embedder, List<Passage> passages, List<VectorBlock> blocks) {
    int threads = Runtime.getRuntime().availableProcessors();
    return new EmbeddingIndex(embedder, passages, new VectorSearch(blocks, threads));
  }

  static void requireDistinct(List<Passage> passages) {
    Set<String> ids = new HashSet<>();
    for (Passage passage : passages) {
      if (!ids.add(passage.id())) {
        throw InvalidInputException.of(
            "Two passages have the id \"%s\"".formatted(passage.id()), "number the passages");
      }
    }
  }

  private static float[] values(int dimension, List<Passage> part, List<Embedding> vectors) {
    if (dimension > MOST_DIMENSIONS) {
      throw InvalidInputException.of(
          "The embedder gives vectors of %d numbers, expected at most %d"
              .formatted(dimension, MOST_DIMENSIONS),
          "use another embedder");
    }
    float[] values = new float[part.size() * dimension];
    for (int i = 0; i < part.size(); i++) {
      if (vectors.get(i).size() != dimension) {
        throw InvalidInputException.of(
            "The embedding of passage \"%s\" has %d numbers, that of the first passage %d"
                .formatted(part.get(i).id(), vectors.get(i).size(), dimension),
            "check the embedder");
      }
      vectors.get(i).copyTo(values, i * dimension);
    }
    return values;
  }

  /**
   * A copy over the same memory whose queries use at most this number of threads, the caller's
   * included; default: the number of processors.
   *
   * @throws InvalidInputException if it is less than 1
   */
  public EmbeddingIndex threads(int threads) {
    SettingCheck.atLeast("threads", threads, 1);
    return new EmbeddingIndex(embedder, passages, new VectorSearch(search.blocks(), threads));
  }

  /** The number of passages. */
  public int size() {
    return passages.size();
  }

  /** The passages, in their order. */
  public List<Passage> passages() {
    return passages;
  }

  /**
   * The passages of the greatest cosine, greatest first; of equal ones those that come first in the
   * index. All of them where there are no more than k.
   *
   * @throws InvalidInputException if k is less than 1, or the embedder gives a vector of another
   *     size
   * @throws dev.hone.lm.LmException if the embedder fails, or the thread is interrupted
   */
  @Override
  public List<ScoredPassage> retrieve(String query, int k) {
    SettingCheck.atLeast("k", k, 1);
    if (passages.isEmpty()) {
      return List.of();
    }
    return search.nearest(vector(query), Math.min(k, size())).stream()
        .map(near -> new ScoredPassage(passages.get(near.vector()), near.cosine()))
        .toList();
  }

  /**
   * The number of passages that the 6-bit pass leaves to the exact one, for those who wonder why a
   * query takes long: about as many as k, or a few hundred, unless very many are equally near.
   *
   * @throws InvalidInputException as {@link #retrieve} does
   */
  public int survivors(String query, int k) {
    SettingCheck.atLeast("k", k, 1);
    return passages.isEmpty()
        ? 0
        : search.survivors(new QueryCodes(vector(query)), Math.min(k, size())).length;
  }

  private float[] vector(String query) {
    Embedding vector = embedder.embed(query);
    requireSize(vector.size());
    float[] values = new float[vector.size()];
    vector.copyTo(values, 0);
    return values;
  }

  private void requireSize(int found) {
    VectorBlock block = search.blocks().get(0);
    int expected = block.values().length / block.count();
    if (found != expected) {
      throw InvalidInputException.of(
          "The embedding of the query has %d numbers, those of the passages %d"
              .formatted(found, expected),
          "check the embedder");
    }
  }

  /**
   * Writes passages and vectors into a file, as a whole or not at all; see docs/formats.md.
   *
   * @throws IndexFileException if it cannot be written; what was there before is kept
   */
  public void save(Path file) {
    IndexFileWriter.write(file, embedder.id(), passages, search.blocks());
  }

  /**
   * Reads what {@link #save} wrote; nothing is embedded.
   *
   * @param embedder what embeds queries; the one that embedded the passages
   * @throws IndexFileException if the file is missing, damaged, of a newer format or of another
   *     embedder
   */
  public static EmbeddingIndex load(Path file, Embedder embedder) {
    return IndexFileReader.read(file, embedder);
  }

  /** One line, such as {@code EmbeddingIndex[400 passages by minilm-l6-v2-q]}. */
  @Override
  public String toString() {
    return "EmbeddingIndex[%d passages by %s]".formatted(size(), embedder.id());
  }
}
