package dev.hone.optimize.task;

import dev.hone.evaluate.ExampleResult;
import dev.hone.evaluate.Outcome;
import dev.hone.lm.LmException;
import dev.hone.optimize.UnreadableRepliesException;
import dev.hone.program.UnparsableReplyException;
import dev.hone.text.CommonText;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import dev.hone.text.Redaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a model gives anything that can be read, over all stages of a run that run the same
 * program: money is not spent on a run that cannot work. Once one reply could be read, nothing is
 * stopped any more. Thread-safe.
 */
public final class ReadableReplies {
  /** The runs of the program after which one without any readable reply stops. */
  private static final int WATCHED = 20;

  private static final int QUOTED = 200;

  private final List<RuntimeException> failures = new ArrayList<>();
  private boolean any;

  /**
   * How many runs may be begun before it is looked at what they gave: with no more, a run without
   * any readable reply ends after exactly as many runs as are watched. At least 1.
   */
  public synchronized int room() {
    return any ? Integer.MAX_VALUE : Math.max(1, WATCHED - failures.size());
  }

  /**
   * Takes the results of runs.
   *
   * @throws UnreadableRepliesException if there were enough runs by now, none with a reply that
   *     could be read
   */
  public synchronized void take(List<? extends ExampleResult<?, ?>> results) {
    for (ExampleResult<?, ?> result : results) {
      any |= result.output().isPresent() || !result.steps().isEmpty();
      unread(result.outcome()).ifPresent(failures::add);
    }
    if (failures.size() >= WATCHED) {
      requireAny();
    }
  }

  /**
   * Checks, at the end of a run however short, that there was a reply that could be read.
   *
   * @throws UnreadableRepliesException if there were replies, and none could be read
   */
  public synchronized void requireAny() {
    if (!any && !failures.isEmpty()) {
      throw new UnreadableRepliesException(Redaction.of(message()), failures.get(0));
    }
  }

  /** The fault of a run that failed since a reply could not be read, or was refused. */
  private static Optional<RuntimeException> unread(Outcome<?> outcome) {
    return outcome instanceof Outcome.ProgramFailed<?> failed && reply(failed.error()).isPresent()
        ? Optional.of(failed.error())
        : Optional.empty();
  }

  /** The part of an error that says what was wrong with a reply, if something was. */
  private static Optional<RuntimeException> reply(Throwable error) {
    return Stream.iterate(error, Objects::nonNull, Throwable::getCause)
        .filter(at -> at instanceof UnparsableReplyException || at instanceof LmException)
        .map(RuntimeException.class::cast)
        .findFirst();
  }

  private String message() {
    return "None of the first %s of the program had a reply that could be read.%s %s"
        .formatted(Plural.of(failures.size(), "run"), replies(), reasons());
  }

  /** What the last replies of the runs have in common. */
  private String replies() {
    List<String> texts =
        failures.stream()
            .flatMap(failure -> reply(failure).stream())
            .filter(UnparsableReplyException.class::isInstance)
            .map(error -> ((UnparsableReplyException) error).rawText().strip())
            .toList();
    return texts.isEmpty() ? "" : " " + CommonText.of("reply", texts, QUOTED);
  }

  /** What was wrong with all of them, or with most. */
  private String reasons() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (RuntimeException failure : failures) {
      counts.merge(reason(failure), 1, Integer::sum);
    }
    Map.Entry<String, Integer> most =
        counts.entrySet().stream().max(Comparator.comparingInt(Map.Entry::getValue)).orElseThrow();
    return "What was wrong with %s: %s Maybe run the program on one example and look at its prompt, or use another model or adapter."
        .formatted(counts.size() == 1 ? "all" : most.getValue() + " of them", most.getKey());
  }

  private static String reason(RuntimeException failure) {
    RuntimeException error = reply(failure).orElse(failure);
    Throwable cause = error.getCause();
    Throwable why = error instanceof UnparsableReplyException && cause != null ? cause : error;
    String line = Excerpt.ofLine(String.valueOf(why.getMessage()), QUOTED);
    return line.endsWith(".") || line.endsWith("…") ? line : line + ".";
  }
}
