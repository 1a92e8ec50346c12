package dev.hone.optimize.run;

import dev.hone.data.Dataset;
import dev.hone.data.overlap.DatasetOverlap;
import dev.hone.text.Plural;
import java.util.List;

/** What the parts of a task have in common, where it is not refused. */
final class PartsOverlap {
  private PartsOverlap() {}

  /** The note on inputs of the trainset among other examples; none if there are none. */
  static List<String> notes(Dataset<?, ?> trainset, Dataset<?, ?> examples, String role) {
    DatasetOverlap overlap = DatasetOverlap.of(examples, trainset);
    return overlap.isEmpty()
        ? List.of()
        : List.of(
            "Of %s, %s (the other dataset is the trainset): scores on them may show what was learnt by heart. Maybe take them out."
                .formatted(Plural.of(examples.size(), role + " example"), overlap));
  }
}
