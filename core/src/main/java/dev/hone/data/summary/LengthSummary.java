package dev.hone.data.summary;

import java.util.List;

/**
 * The lengths of the values of a field.
 *
 * @param min the shortest
 * @param median the middle one; of two middle ones the shorter
 * @param max the longest
 */
public record LengthSummary(int min, int median, int max) {
  static LengthSummary of(List<Integer> lengths) {
    List<Integer> sorted = lengths.stream().sorted().toList();
    int last = sorted.size() - 1;
    return new LengthSummary(sorted.get(0), sorted.get(last / 2), sorted.get(last));
  }

  /** Such as {@code 12 / 80 / 512}. */
  @Override
  public String toString() {
    return min + " / " + median + " / " + max;
  }
}
