package dev.hone.retrieve;

import java.util.List;

/** Finds the passages that are nearest to a query. Implementations are thread-safe. */
@FunctionalInterface
public interface Retriever {
  /**
   * The nearest passages, nearest first.
   *
   * @param query what is looked for
   * @param k the most passages, at least 1
   */
  List<ScoredPassage> retrieve(String query, int k);

  /**
   * A passage with how near it is.
   *
   * @param passage the passage
   * @param score higher is nearer; the cosine for an index of Hone's
   */
  record ScoredPassage(Passage passage, double score) {}
}
