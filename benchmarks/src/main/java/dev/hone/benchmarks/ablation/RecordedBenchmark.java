package dev.hone.benchmarks.ablation;

import dev.hone.examples.BuiltInTask;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchRun;
import dev.hone.stats.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays searches on outcomes that were recorded from the embedded model on the demo tasks: real
 * candidates, real examples. A call is a distinct pair of configuration and example, as in {@code
 * QualityBenchmark}; the score is that of the winner on the test set.
 */
public final class RecordedBenchmark {
  /** Search spaces per task. */
  static final int SPACES = 4;

  private static final int PLAYS = 10;

  private RecordedBenchmark() {}

  /** One play: the winner's score on the test set, and the calls. */
  private record Play(double score, int calls) {}

  /**
   * Writes the table.
   *
   * @param arguments the file to write; default {@code benchmarks/quality/results/recorded.md}
   */
  public static void main(String[] arguments) throws IOException {
    Path file =
        Path.of(arguments.length > 0 ? arguments[0] : "benchmarks/quality/results/recorded.md");
    List<String> lines = new ArrayList<>(heading());
    for (BuiltInTask<ObjectNode, ObjectNode> task : Ablation.tasks()) {
      lines.addAll(table(task));
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
    System.out.println(String.join("\n", lines));
  }

  private static List<String> heading() {
    return List.of(
        "# Searches on recorded outcomes",
        "",
        "Written by `dev.hone.benchmarks.ablation.RecordedBenchmark`. "
            + SPACES
            + " search spaces per task as preset MEDIUM makes them (instructions x demo sets), every"
            + " configuration evaluated on every example; "
            + PLAYS
            + " plays of each search per space. Test score of the winner in points; the interval is"
            + " that of the mean over plays; a call is a distinct pair of configuration and example.");
  }

  static MiproV2 optimizer(long seed) {
    return MiproV2.medium().search(Search.random()).valsetFraction(0.6).trials(1).seed(seed);
  }

  private static List<String> table(BuiltInTask<ObjectNode, ObjectNode> task) {
    List<RecordedOutcomes> spaces = new ArrayList<>();
    for (long seed = 1; seed <= SPACES; seed++) {
      spaces.add(RecordedOutcomes.of(task, optimizer(seed)));
    }
    double best = spaces.stream().mapToDouble(RecordedOutcomes::best).average().orElseThrow();
    double baseline =
        spaces.stream()
            .mapToDouble(s -> s.testScore(s.problem().baseline()))
            .average()
            .orElseThrow();
    List<String> lines = new ArrayList<>(List.of("", "## " + task.name(), ""));
    lines.add(
        String.format(
            Locale.ROOT,
            "%d configurations, %d examples on average; baseline %.1f, best configuration on the test set %.1f.",
            spaces.get(0).problem().space().size(),
            spaces.get(0).problem().exampleCount(),
            100 * baseline,
            100 * best));
    lines.addAll(
        List.of("", "| search | test score | 95 % interval | calls |", "|---|---|---|---|"));
    for (Search search : List.of(Search.random(), Search.tpe(), Search.racing())) {
      lines.add(row(search, spaces));
    }
    return lines;
  }

  private static String row(Search search, List<RecordedOutcomes> spaces) {
    List<Play> plays = new ArrayList<>();
    for (RecordedOutcomes space : spaces) {
      for (long seed = 1; seed <= PLAYS; seed++) {
        plays.add(play(search, space, seed));
      }
    }
    double[] scores = plays.stream().mapToDouble(Play::score).toArray();
    Interval interval = Interval.ofMean(scores, 0.95);
    return String.format(
        Locale.ROOT,
        "| %s | %.1f | %.1f to %.1f | %.0f |",
        search.name(),
        100 * Arrays.stream(scores).average().orElseThrow(),
        100 * interval.lower(),
        100 * interval.upper(),
        plays.stream().mapToInt(Play::calls).average().orElseThrow());
  }

  /** Plays the schedule that preset MEDIUM has for one predictor: 18 trials, minibatches of 35. */
  private static Play play(Search search, RecordedOutcomes recorded, long seed) {
    SearchBudget budget = SearchBudget.ofTrials(18).minibatchSize(35).trialsInFlight(2);
    SearchRun run = search.start(recorded.problem(), budget, new SplittableRandom(seed));
    Set<Object> paid = new HashSet<>();
    for (List<EvaluationRequest> next = run.ask(); !next.isEmpty(); next = run.ask()) {
      run.tell(next.stream().map(request -> scores(request, recorded, paid)).toList());
    }
    Configuration winner = run.best().orElseThrow().configuration();
    return new Play(recorded.testScore(winner), paid.size());
  }

  private static EvaluationScores scores(
      EvaluationRequest request, RecordedOutcomes recorded, Set<Object> paid) {
    List<OptionalDouble> all = recorded.outcomes().getOrDefault(request.configuration(), List.of());
    for (int example : request.examples()) {
      paid.add(List.of(request.configuration(), example));
    }
    return new EvaluationScores(request, request.examples().stream().map(all::get).toList());
  }
}
