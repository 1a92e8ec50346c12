package dev.hone.cli.run;

import dev.hone.InvalidInputException;
import dev.hone.data.DatasetFormatException;
import dev.hone.data.RowStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The first rows of a file, looked at before a model is called.
 *
 * @param rows how many there are
 * @param bad how many of them do not fit
 * @param faults what is wrong with the first of these
 */
record FirstRows(int rows, int bad, List<DatasetFormatException> faults) {
  private static final int MOST_ROWS = 1000;
  private static final int SHOWN = 20;

  FirstRows {
    faults = List.copyOf(faults);
  }

  static FirstRows of(Supplier<RowStream<ObjectNode, ObjectNode>> open) {
    int rows = 0;
    int bad = 0;
    List<DatasetFormatException> faults = new ArrayList<>();
    try (RowStream<ObjectNode, ObjectNode> stream = open.get()) {
      for (var row = stream.next(); row.isPresent() && rows < MOST_ROWS; row = stream.next()) {
        rows++;
        bad += row.get().fault().isPresent() ? 1 : 0;
        if (faults.size() < SHOWN) {
          row.get().fault().ifPresent(faults::add);
        }
      }
    }
    return new FirstRows(rows, bad, faults);
  }

  /**
   * Passes where any row fits, or there is none.
   *
   * @throws InvalidInputException with what is wrong with the first ones
   */
  void requireSomeGood(String file) {
    if (rows > 0 && bad == rows) {
      throw InvalidInputException.of(
          "None of the first %d rows of %s fits:%n%s%n"
              .formatted(
                  rows,
                  file,
                  faults.stream()
                      .map(fault -> "  " + fault.getMessage())
                      .collect(Collectors.joining("\n"))),
          "it is of another project, or columns have other names");
    }
  }

  /** A line on those that do not fit; empty if all do. */
  Optional<String> note() {
    return bad == 0
        ? Optional.empty()
        : Optional.of(
            "%d of the first %d rows %s not fit, and %s hone_error; the first: %s"
                .formatted(
                    bad,
                    rows,
                    bad == 1 ? "does" : "do",
                    bad == 1 ? "gets" : "get",
                    faults.get(0).getMessage()));
  }
}
