package dev.hone.optimize.task;

import dev.hone.data.Dataset;
import dev.hone.data.summary.LabelConflict;
import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Inputs that a trainset has with different labels: no program can be right on all of them. */
public final class ConflictingLabels {
  private static final int QUOTED = 120;

  private ConflictingLabels() {}

  /** The note on them, with their number and the first one; none if there are none. */
  public static List<String> note(Dataset<?, ?> trainset) {
    List<LabelConflict> conflicts = trainset.describe().conflicts();
    return conflicts.stream().limit(1).map(first -> sentence(conflicts.size(), first)).toList();
  }

  private static String sentence(int conflicts, LabelConflict first) {
    return "%s of the trainset %s different labels, so no program can be right on all of it. The first: %s is labelled %s and %s. Maybe decide on one."
        .formatted(
            Plural.of(conflicts, "input"),
            conflicts == 1 ? "has" : "have",
            quoted(first.input()),
            quoted(first.labels().get(0)),
            quoted(first.labels().get(1)));
  }

  private static String quoted(ObjectNode value) {
    return Excerpt.ofLine(Json.canonical(value), QUOTED);
  }
}
