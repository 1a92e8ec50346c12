package dev.hone.cli.optimize;

import dev.hone.cli.compare.ComparedPrograms;
import dev.hone.cli.compare.Points;
import dev.hone.context.Spend;
import dev.hone.json.Json;
import dev.hone.optimize.OptimizationPlan;
import dev.hone.optimize.OptimizationReport;
import dev.hone.price.Money;
import dev.hone.project.ProjectData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** What {@code hone optimize} says: the plan, and the result in its two forms. */
final class OptimizeText {
  /** What is to be known before a run in batches; how many they are depends on the answers. */
  static final String BATCHES =
      "with --batch the steps wait for batches one after the other, a light run with bootstrapped"
          + " demos for about 20, most of them small; --set max-bootstrapped-demos=0 makes them fewer";

  private OptimizeText() {}

  /** What will be done, on which rows. */
  static String heading(OptimizeRun run, OptimizationPlan plan) {
    ProjectData data = run.data();
    String rows =
        plan.validationExamples() == 0
            ? "%d rows to learn from".formatted(plan.trainExamples())
            : "%d rows to learn from, %d to choose by"
                .formatted(plan.trainExamples(), plan.validationExamples());
    return "%s on %s: %s; %s, %d to test"
        .formatted(
            run.project().name(),
            run.model().spec(),
            run.choice().inWords(run.project()),
            rows,
            data.test().size());
  }

  /** What it costs at most, such as {@code at most 397 calls, about 240,000 tokens, $0.05}. */
  static String cost(OptimizationPlan plan) {
    String calls =
        plan.maxCalls() == OptimizationPlan.UNKNOWN
            ? "An unknown number of calls"
            : String.format(Locale.ROOT, "At most %,d calls", plan.maxCalls());
    String tokens =
        plan.maxTokens() == OptimizationPlan.UNKNOWN
            ? ""
            : String.format(Locale.ROOT, ", about %,d tokens", plan.maxTokens());
    return calls + tokens + money(plan.maxMoney());
  }

  private static String money(Money money) {
    if (money.known()) {
      return money.leastUsd().signum() == 0 ? ", free of charge" : ", at most " + money;
    }
    return money.leastUsd().signum() == 0 ? ", no price known" : ", " + money;
  }

  /** The result in words. */
  static String of(OptimizeResult result) {
    List<String> lines = new ArrayList<>();
    result
        .compared()
        .ifPresentOrElse(
            compared -> {
              lines.addAll(compared.lines());
              lines.addAll(compared.changedRows());
            },
            () -> lines.addAll(untested(result)));
    lines.add("  " + spend(result.report()));
    lines.add("");
    lines.addAll(ending(result));
    return String.join(System.lineSeparator(), lines);
  }

  /** What is known without a test: the scores by which it was chosen. */
  private static List<String> untested(OptimizeResult result) {
    List<String> lines = new ArrayList<>();
    OptimizationReport report = result.report();
    report
        .baselineScore()
        .ifPresent(
            score ->
                lines.add(
                    "  before  %s on %d rows"
                        .formatted(Points.of(score.scoreMean()), score.examples())));
    report
        .bestScore()
        .ifPresent(
            score ->
                lines.add(
                    "  best    %s on %d rows, by which it was chosen"
                        .formatted(Points.of(score.scoreMean()), score.examples())));
    return lines;
  }

  private static String spend(OptimizationReport report) {
    Spend spend = report.spend();
    String cached =
        spend.cachedCalls() == 0
            ? ""
            : String.format(Locale.ROOT, ", %,d replies from the cache", spend.cachedCalls());
    String money = spend.money().leastUsd().signum() == 0 ? "" : ", " + spend.money();
    return String.format(
        Locale.ROOT,
        "found with %,d calls, %,d tokens%s%s",
        spend.lmCalls(),
        spend.usage().totalTokens(),
        cached,
        money);
  }

  private static List<String> ending(OptimizeResult result) {
    List<String> lines = new ArrayList<>();
    SavedProgram saved = result.saved();
    String file = saved.found();
    if (result.stopped()) {
      lines.add("Stopped. The best so far is in %s.".formatted(file));
    } else if (result.spent()) {
      lines.add("The budget is spent. The best so far is in %s.".formatted(file));
    } else if (result.canGoOn()) {
      lines.add(
          "It ended early (%s). The best so far is in %s."
              .formatted(
                  result.report().finishReason().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                  file));
    } else {
      result
          .compared()
          .flatMap(ComparedPrograms::caution)
          .ifPresent(caution -> lines.add(caution + where(result, file)));
    }
    result.failure().ifPresent(why -> lines.add("The test of what was found failed: " + why));
    saved.keptBecause().ifPresent(lines::add);
    saved
        .earlier()
        .ifPresent(
            kept ->
                lines.add(
                    "The program that was there before is kept in " + kept.getFileName() + "."));
    lines.add(
        "wrote %s (the program), %s (trials, prompts, rows)"
            .formatted(file, saved.report().getFileName()));
    return lines;
  }

  private static String where(OptimizeResult result, String file) {
    return result.saved().installed() ? " The best expected program is in " + file + "." : "";
  }

  /** The result as JSON. */
  static ObjectNode json(OptimizeResult result) {
    ObjectNode json = Json.object();
    json.put("project", result.run().project().name());
    json.put("model", result.run().model().lm().id());
    json.put("optimizer", result.run().choice().inWords(result.run().project()));
    json.put("finishReason", result.report().finishReason().name());
    result.compared().ifPresent(compared -> json.setAll(compared.toJson(compared.names(), false)));
    result
        .report()
        .baselineScore()
        .ifPresent(score -> json.put("chosenByBefore", score.scoreMean()));
    result.report().bestScore().ifPresent(score -> json.put("chosenByBest", score.scoreMean()));
    Spend spend = result.report().spend();
    json.put("calls", spend.lmCalls());
    json.put("cachedCalls", spend.cachedCalls());
    json.put("tokens", spend.usage().totalTokens());
    spend.money().usd().ifPresent(usd -> json.put("usd", usd));
    json.put("run", result.run().folder().path().toString());
    json.put("program", result.saved().program().toString());
    json.put("installed", result.saved().installed());
    result.failure().ifPresent(why -> json.put("testFailure", why));
    json.put("report", result.saved().report().toString());
    result.saved().earlier().ifPresent(kept -> json.put("earlierProgram", kept.toString()));
    json.put("exitCode", result.exitCode());
    return json;
  }
}
