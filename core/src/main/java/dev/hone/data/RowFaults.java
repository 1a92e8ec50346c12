package dev.hone.data;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the rows of a file, so that one attempt tells all of it. */
final class RowFaults {
  private static final int SHOWN = 20;

  private final List<DatasetFormatException> first = new ArrayList<>();
  private int count;

  /** Keeps the first ones, and counts the others. */
  void add(DatasetFormatException fault) {
    count++;
    if (first.size() < SHOWN) {
      first.add(fault);
    }
  }

  /**
   * Passes where there was none.
   *
   * @throws DatasetFormatException the first one, with the others in its message
   */
  void throwIfAny() {
    if (!first.isEmpty()) {
      throw DatasetFormatException.ofRows(first, count);
    }
  }
}
