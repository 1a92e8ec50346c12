package dev.hone.optimize.task;

import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.Outcome;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The outcomes of a run that have no score, with what was said the first time. Not thread-safe. */
public final class UnscoredCounts {
  private record Place(Object candidate, int example) {}

  private final Set<Place> unreachable = new LinkedHashSet<>();
  private final Set<Place> unscorable = new LinkedHashSet<>();
  private @Nullable String firstUnreachable;
  private @Nullable String firstUnscorable;

  /** Takes the results of a candidate on examples, by index; equal candidates are one. */
  public void take(
      Object candidate, List<Integer> examples, List<? extends ExampleResult<?, ?>> results) {
    for (int i = 0; i < results.size(); i++) {
      Place place = new Place(candidate, examples.get(i));
      Outcome<?> outcome = results.get(i).outcome();
      if (outcome instanceof Outcome.LmUnavailable<?> unavailable) {
        unreachable.add(place);
        firstUnreachable =
            firstUnreachable == null
                ? String.valueOf(unavailable.error().getMessage())
                : firstUnreachable;
      } else if (outcome instanceof Outcome.MetricFailed<?> failed) {
        unscorable.add(place);
        firstUnscorable = firstUnscorable == null ? failed.problem() : firstUnscorable;
      }
    }
  }

  /** What a user should know of them, in sentences. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!unreachable.isEmpty()) {
      notes.add(
          "The model gave no reply on %s of the search; the first time: %s"
              .formatted(runs(unreachable), firstUnreachable));
    }
    if (!unscorable.isEmpty()) {
      notes.add(
          "The metric failed on %s of the search; the first time: %s"
              .formatted(runs(unscorable), firstUnscorable));
    }
    return notes;
  }

  private static String runs(Set<Place> places) {
    return Plural.of(places.size(), "run");
  }
}
