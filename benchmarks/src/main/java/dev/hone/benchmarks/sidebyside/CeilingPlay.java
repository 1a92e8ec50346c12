package dev.hone.benchmarks.sidebyside;

import dev.hone.benchmarks.sidebyside.CeilingRow.Recorded;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Settings;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays the search that the preset light has by default on what {@link Ceiling} recorded, under
 * several seeds of its own, beside evaluating everything and a configuration drawn at random. Calls
 * are distinct pairs of configuration and example, tokens those of their prompts.
 */
public final class CeilingPlay {
  private static final int PLAYS = 20;
  private static final int TRIALS = 10;
  private static final int SMALL_VALSET = 50;

  private final CeilingRow row;
  private double test;
  private double calls;
  private double tokens;

  private CeilingPlay(CeilingRow row) {
    this.row = row;
  }

  /**
   * Appends a row for each row of a record.
   *
   * @param arguments the record, and the file to append to
   */
  public static void main(String[] arguments) throws IOException {
    ResultsFile results = new ResultsFile(Path.of(arguments[1]));
    for (JsonNode row : ResultsFile.rows(Path.of(arguments[0]))) {
      ObjectNode played =
          ResultsFile.row(
              row.path("program").asString(),
              row.path("task").asString(),
              row.path("seed").asLong(),
              row.path("weighting").asString());
      if (!results.has(played)) {
        results.append(new CeilingPlay(CeilingRow.of(row)).fill(played));
      }
    }
  }

  private ObjectNode fill(ObjectNode played) {
    for (long seed = 1; seed <= PLAYS; seed++) {
      play(seed);
    }
    return played
        .put("plays", PLAYS)
        .put("search", test / PLAYS)
        .put("calls", calls / PLAYS)
        .put("prompt_tokens", tokens / PLAYS)
        .put("everything", row.bestOnValidation())
        .put("baseline", row.recorded(row.problem().baseline()).test())
        .put("mean", row.meanOnTest())
        .put("best", row.bestOnTest());
  }

  private void play(long seed) {
    MiproV2Settings settings = MiproV2.light().settings();
    SearchRun run =
        settings.search().start(row.problem(), budget(settings), new SplittableRandom(seed));
    Set<List<Object>> paid = new HashSet<>();
    for (List<EvaluationRequest> next = run.ask(); !next.isEmpty(); next = run.ask()) {
      run.tell(next.stream().map(request -> scores(request, paid)).toList());
    }
    test += row.recorded(run.best().orElseThrow().configuration()).test();
    calls += paid.size();
  }

  private SearchBudget budget(MiproV2Settings settings) {
    boolean minibatches = row.problem().exampleCount() > SMALL_VALSET;
    return SearchBudget.ofTrials(TRIALS)
        .minibatchSize(minibatches ? settings.minibatchSize() : null)
        .trialsInFlight(settings.trialsInFlight());
  }

  private EvaluationScores scores(EvaluationRequest request, Set<List<Object>> paid) {
    Configuration configuration = request.configuration();
    Recorded recorded = row.recorded(configuration);
    for (int example : request.examples()) {
      tokens += paid.add(List.of(configuration, example)) ? recorded.promptTokens() : 0;
    }
    return new EvaluationScores(
        request,
        request.examples().stream().map(i -> OptionalDouble.of(recorded.val().get(i))).toList());
  }
}
