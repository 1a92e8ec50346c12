package dev.hone.report.page;

import dev.hone.evaluate.PairedComparison.Finding;
import dev.hone.report.data.ComparisonEntry;
import dev.hone.report.data.ComparisonEntry.GainEntry;
import dev.hone.report.data.LeaderEntry;
import dev.hone.report.data.ResultEntry;
import dev.hone.report.data.ResultEntry.VerdictEntry;
import dev.hone.report.data.RunData;
import dev.hone.report.data.RunHead;
import dev.hone.report.data.ScoreEntry;
import dev.hone.report.data.TrialEntry;
import java.util.List;
import java.util.Objects;

/**
 * What a run came to, in a word and a sentence.
 *
 * @param tone {@code good}, {@code bad}, {@code open} or {@code busy}, by which it is coloured
 * @param word the word, such as {@code Better}
 * @param sentence the sentence
 */
public record Headline(String tone, String word, String sentence) {
  /** The headline of a run. */
  public static Headline of(RunData run, Scale scale) {
    RunHead head = run.head();
    if (head.running()) {
      return new Headline("busy", "Running", soFar(run, scale));
    }
    if (head.status().equals(RunHead.FAILED)) {
      return new Headline("bad", "Failed", head.reason() + " " + soFar(run, scale));
    }
    if (head.status().equals(RunHead.STOPPED)) {
      return new Headline("open", "Stopped", head.reason() + " " + soFar(run, scale));
    }
    ComparisonEntry comparison = run.comparison();
    GainEntry gain = comparison == null ? null : comparison.gain();
    if (comparison != null && gain != null) {
      return measured(comparison, gain, scale);
    }
    ResultEntry result = run.result();
    return result == null ? unmeasured(run, scale) : found(result, scale);
  }

  private static Headline measured(ComparisonEntry comparison, GainEntry gain, Scale scale) {
    int examples = gain.better() + gain.worse() + gain.equal();
    String scores =
        "From %s to %s on %s: a difference of %s (%s to %s), truly better with a probability of %s."
            .formatted(
                scale.score(comparison.before()),
                scale.score(comparison.after()),
                Words.count(examples, comparison.part() + " example"),
                scale.difference(gain.by()),
                scale.difference(gain.lower()),
                scale.difference(gain.upper()),
                Words.percent(gain.probability()));
    return switch (Finding.of(gain.lower(), gain.upper(), examples)) {
      case BETTER -> new Headline("good", "Better", scores);
      case WORSE -> new Headline("bad", "Worse", scores);
      case NOT_SHOWN -> new Headline("open", "Not shown to be better", scores);
    };
  }

  private static Headline found(ResultEntry result, Scale scale) {
    VerdictEntry verdict = result.verdict();
    if (verdict == null) {
      return new Headline("open", "Done", scores(result, scale));
    }
    String sentence = scores(result, scale) + " " + expected(verdict, scale);
    return new Headline(
        verdict.kind().equals("improved") ? "good" : "open", word(verdict), sentence);
  }

  private static String word(VerdictEntry verdict) {
    return switch (verdict.kind()) {
      case "improved" -> "Better";
      case "saturated" -> "Nothing left to gain";
      case "too few examples" -> "Too few examples to tell";
      default -> "Not shown to be better";
    };
  }

  /** What the optimizer itself concluded, in a sentence. */
  public static String concluded(VerdictEntry verdict, Scale scale) {
    return "%s. %s".formatted(word(verdict), expected(verdict, scale)).strip();
  }

  private static String expected(VerdictEntry verdict, Scale scale) {
    Double by = verdict.by();
    Double lower = verdict.lower();
    Double upper = verdict.upper();
    Double probability = verdict.probability();
    return by == null || lower == null || upper == null || probability == null
        ? verdict.sentence()
        : "Expected on new examples: %s (%s to %s), truly better with a probability of %s."
            .formatted(
                scale.difference(by),
                scale.difference(lower),
                scale.difference(upper),
                Words.percent(probability));
  }

  private static String scores(ResultEntry result, Scale scale) {
    ScoreEntry before = result.baseline();
    ScoreEntry best = result.best();
    return before == null || best == null
        ? "The run ended: " + result.finishReason() + "."
        : "From %s to %s on the %s that were chosen by."
            .formatted(
                scale.score(before), scale.score(best), Words.count(best.examples(), "example"));
  }

  private static Headline unmeasured(RunData run, Scale scale) {
    ComparisonEntry comparison = run.comparison();
    ScoreEntry before = comparison == null ? null : comparison.before();
    return comparison == null || before == null
        ? new Headline("open", "Done", soFar(run, scale))
        : new Headline(
            "open",
            "Measured",
            "The program scores %s, %s examples.".formatted(scale.full(before), comparison.part()));
  }

  private static String soFar(RunData run, Scale scale) {
    long done = run.trials().size();
    String cost =
        "%s in %s so far"
            .formatted(
                Words.count(run.cost().total().calls(), "call"),
                Words.seconds(run.head().seconds()));
    if (done == 0) {
      return stage(run) + cost + ".";
    }
    String planned = run.plan().trials() > 0 ? " of about " + run.plan().trials() : "";
    return "%s%s%s; %s%s."
        .formatted(
            Words.number(done), planned, done == 1 ? " trial" : " trials", best(run, scale), cost);
  }

  private static String stage(RunData run) {
    return run.stages().stream()
        .filter(stage -> stage.seconds() == null)
        .reduce((first, last) -> last)
        .map(stage -> "Stage " + stage.name() + ": " + stage.detail() + "; ")
        .orElse("");
  }

  private static String best(RunData run, Scale scale) {
    List<TrialEntry> trials = run.trials();
    LeaderEntry leader =
        trials.stream()
            .map(TrialEntry::leader)
            .filter(Objects::nonNull)
            .reduce((first, last) -> last)
            .orElse(null);
    if (leader == null) {
      return "";
    }
    String baseline =
        trials.stream()
            .filter(trial -> trial.choice().equals("baseline") && trial.score() != null)
            .findFirst()
            .map(trial -> ", the program as given " + scale.score(trial.score()))
            .orElse("");
    return "best so far %s on %s%s; "
        .formatted(
            scale.score(leader.score()), Words.count(leader.examples(), "example"), baseline);
  }
}
