package dev.hone.optimize.mipro;

import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.stats.Interval;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as plain text of about 100 columns. */
final class ReportText {
  private static final int WIDTH = 96;
  private static final int LINES_OF_INSTRUCTION = 4;
  private static final String INDENT = "    ";

  private final MiproV2Report report;
  private final StringBuilder text = new StringBuilder();

  private ReportText(MiproV2Report report) {
    this.report = report;
  }

  static String of(MiproV2Report report) {
    ReportText writer = new ReportText(report);
    writer.summary();
    writer.trials();
    writer.winner();
    writer.notes();
    return writer.text.toString();
  }

  private void summary() {
    report.verdict().ifPresent(verdict -> line("", verdict.toString()));
    line("MIPROv2: ", scores());
    for (int i = 0; i < 2; i++) {
      line(i == 0 ? "found     " : "returned  ", report.findings().get(i));
    }
    line("tokens    ", "per run %s".formatted(report.tokensPerRun()));
    line("plan      %s".formatted(plan(report.plan())));
    line(
        String.format(
            Locale.ROOT,
            "finished  %s after %.1f s",
            lower(report.finishReason()).replace('_', ' '),
            report.duration().toMillis() / 1000.0));
    line("calls     ", calls());
    line("          %s".formatted(roles()));
    report
        .usageByPredictor()
        .forEach((name, usage) -> line("          ", "%s: %s".formatted(name, usage)));
    line("trials    ", choices());
  }

  /**
   * A plan in three lines: what is searched, by which search with how many trials, at what cost.
   */
  static String plan(MiproV2Plan plan) {
    return "%d instructions x %d demo sets%s for %s; %s;%n          at most %d runs of the program, each a model call or more per predictor,%n          and %d of the proposer%s"
        .formatted(
            plan.instructionCandidates(),
            Math.max(1, plan.demoSets()),
            plan.toolDescriptions() == 0
                ? ""
                : " x %d sets of tool descriptions".formatted(plan.toolDescriptions()),
            Plural.of(plan.predictors(), "predictor"),
            trials(plan),
            plan.maxProgramRuns(),
            plan.maxProposerCalls(),
            plan.temperaturePhrase().replaceFirst("; ", ";%n          ".formatted()));
  }

  /** Trials are made, one by one, or are the size of a budget that the search spends otherwise. */
  private static String trials(MiproV2Plan plan) {
    String size =
        "%s on %s of %s"
            .formatted(
                Plural.of(plan.trials(), "trial"),
                plan.minibatchSize() == null ? "all" : "minibatches of " + plan.minibatchSize(),
                Plural.of(plan.validationExamples(), "validation example"));
    return plan.isBudget()
        ? "%s, with the budget%n          of %s, spent in evaluations of its own choice"
            .formatted(plan.search(), size)
        : "%s,%n          %s".formatted(plan.search(), size);
  }

  /** Who made the calls, and what was known without one. */
  private String roles() {
    String judge =
        report.judgeCalls() == 0 ? "" : ", %d of the judge".formatted(report.judgeCalls());
    return "%d of the program, %d of the proposer%s; %s known from before"
        .formatted(
            report.taskCalls(),
            report.proposerCalls(),
            judge,
            Plural.of(report.compileCacheHits(), "outcome"));
  }

  /** How the evaluations were chosen, and how many configurations are complete. */
  private String choices() {
    return "%s: %s; %s complete"
        .formatted(
            Plural.of(report.trials().size(), "evaluation"),
            report.trialsByChoice().entrySet().stream()
                .map(entry -> entry.getValue() + " " + lower(entry.getKey()))
                .collect(Collectors.joining(", ")),
            Plural.of(report.fullEvaluations(), "configuration"));
  }

  /** The two scores on common examples, and where these are not all, on how many each has one. */
  private String scores() {
    int all = report.plan().validationExamples();
    int common = report.best().examples();
    if (!report.improved()) {
      return "%s -> the program as given, on %s"
          .formatted(
              report.baseline(),
              common == all
                  ? Plural.of(all, "validation example")
                  : "%d of %s".formatted(common, Plural.of(all, "validation example")));
    }
    return "%s -> %s on %s"
        .formatted(
            report.baseline(),
            report.best(),
            common == all
                ? Plural.of(all, "validation example")
                : "the %d of %d validation examples that both were scored on (as given: %d, returned: %d)"
                    .formatted(common, all, scored(report.baseline()), scored(report.best())));
  }

  /** The number of examples that a configuration was scored on. */
  private int scored(FullScore of) {
    return report.configurations().stream()
        .filter(each -> each.configuration().equals(of.configuration()))
        .mapToInt(ConfigurationSummary::examples)
        .findFirst()
        .orElse(of.examples());
  }

  private String calls() {
    String stages =
        report.spendByStage().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue().lmCalls())
            .collect(Collectors.joining(", "));
    return "%d of models (%s), %d answered from the cache, %s%d tokens%s"
        .formatted(
            report.spend().lmCalls(),
            stages,
            report.spend().cachedCalls(),
            report.spend().usage().known() ? "" : "at least ",
            report.spend().usage().totalTokens(),
            report.spend().moneyPhrase());
  }

  private void trials() {
    line("");
    line("A configuration is an instruction (i0: the one it came with) and a demo set for");
    if (!report.toolDescriptions().isEmpty()) {
      line("(and, where there are tools, what is said of them; t0: as it came)");
    }
    line("%s.".formatted(String.join(" | ", report.instructions().keySet())));
    int width = Math.max(13, 8 * report.instructions().size());
    String format = "%5s  %-9s  %-8s  %-" + width + "s  %8s  %-22s  %5s";
    line(
        format.formatted("trial", "kind", "chosen", "configuration", "examples", "score", "calls"));
    for (TrialRecord trial : report.trials()) {
      EvaluationRequest request = trial.request();
      line(
          format.formatted(
              request.trial() + 1,
              lower(request.kind()),
              lower(request.choice()),
              report.space().name(request.configuration()),
              request.examples().size(),
              score(trial),
              trial.spend().lmCalls()));
    }
  }

  private static String score(TrialRecord trial) {
    Interval interval = trial.interval();
    return interval == null
        ? "no score"
        : String.format(
            Locale.ROOT,
            "%.3f [%.3f, %.3f]",
            trial.scoreMean().orElseThrow(),
            interval.lower(),
            interval.upper());
  }

  /** Choices by name, such as {@code {classify.instructions: 2, classify.demos: 3}}. */
  static String named(Map<String, Integer> choices) {
    return choices.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private void winner() {
    line("");
    if (!report.improved()) {
      line("What is returned: the program as it was given.");
      return;
    }
    line(
        "What won: ",
        "%s, which is %s"
            .formatted(
                report.space().name(report.best().configuration()), named(report.configuration())));
    for (String predictor : report.instructions().keySet()) {
      winner(predictor, report.space().picked(predictor, report.best().configuration()));
    }
  }

  private void winner(String predictor, CandidateSpace.Picked picked) {
    var set = picked.demoSet();
    line(
        "  %s: d%d, %s; i%d, %s"
            .formatted(
                predictor,
                picked.demoSetIndex(),
                set.demos().isEmpty()
                    ? "no demos"
                    : "%d demos (%s)".formatted(set.demos().size(), lower(set.origin())),
                picked.instructionIndex(),
                picked.instructionIndex() == 0
                    ? "the instruction it came with:"
                    : "the instruction"));
    excerpt(picked.instruction().text());
    if (report.toolDescriptions().containsKey(predictor)) {
      line(
          "  %s: t%d, tools as %s"
              .formatted(
                  predictor, picked.toolIndex(), picked.toolIndex() == 0 ? "given" : "follows"));
      picked.tools().descriptions().forEach((tool, said) -> excerpt(tool + ": " + said));
    }
  }

  private void excerpt(String words) {
    List<String> lines =
        words.lines().flatMap(one -> wrapped(one, INDENT.length()).stream()).toList();
    lines.stream().limit(LINES_OF_INSTRUCTION).forEach(one -> line("%s".formatted(INDENT + one)));
    if (lines.size() > LINES_OF_INSTRUCTION) {
      line("%s(and %d lines more)".formatted(INDENT, lines.size() - LINES_OF_INSTRUCTION));
    }
  }

  private static List<String> wrapped(String paragraph, int indent) {
    List<String> lines = new ArrayList<>();
    String rest = paragraph.strip();
    int width = WIDTH - indent;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).strip();
    }
    lines.add(rest);
    return lines;
  }

  private void notes() {
    report.notes().forEach(note -> line("note: ", note));
    if (report.degraded()) {
      line("degraded: something failed on the way, see the notes");
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** A text behind its title; what does not fit a line goes on under its beginning. */
  private void line(String title, String words) {
    String before = title;
    for (String one :
        words.lines().flatMap(each -> wrapped(each, title.length()).stream()).toList()) {
      line(before + one);
      before = " ".repeat(title.length());
    }
  }

  private void line(String words) {
    text.append(words.stripTrailing()).append(System.lineSeparator());
  }
}
