package dev.hone.report.record;

import dev.hone.compiled.Provenance;
import dev.hone.json.Json;
import dev.hone.optimize.OptimizationReport;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.Verdict;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.program.PredictorState;
import dev.hone.program.ProgramState;
import dev.hone.prompt.Demo;
import dev.hone.report.data.ProvenanceEntry;
import dev.hone.report.data.ResultEntry;
import dev.hone.report.data.ResultEntry.PromptEntry;
import dev.hone.report.data.ResultEntry.VerdictEntry;
import dev.hone.report.data.ScoreEntry;
import dev.hone.stats.Interval;
import dev.hone.text.Redaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an optimizer returned, as values. */
final class FoundResult {
  private FoundResult() {}

  static ResultEntry of(Optimized<?, ?, ?> found) {
    OptimizationReport report = found.report();
    return new ResultEntry(
        report.verdict().map(FoundResult::of).orElse(null),
        report.baselineScore().map(ScoreEntry::of).orElse(null),
        report.bestScore().map(ScoreEntry::of).orElse(null),
        report.configuration(),
        report.finishReason().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        report instanceof MiproV2Report mipro ? mipro.findings() : List.of(),
        report.notes().stream().map(Redaction::of).toList(),
        prompts(found));
  }

  private static VerdictEntry of(Verdict verdict) {
    String sentence = verdict.toString();
    if (verdict instanceof Verdict.Improved improved) {
      return entry(
          "improved", sentence, improved.by(), improved.interval(), improved.probability());
    }
    if (verdict instanceof Verdict.NoSignificantGain none) {
      return entry("no gain", sentence, none.by(), none.interval(), none.probability());
    }
    if (verdict instanceof Verdict.TooFewExamples few) {
      return entry("too few examples", sentence, few.by(), few.interval(), few.probability());
    }
    return new VerdictEntry("saturated", sentence, null, null, null, null);
  }

  private static VerdictEntry entry(
      String kind, String sentence, double by, Interval interval, double probability) {
    return new VerdictEntry(kind, sentence, by, interval.lower(), interval.upper(), probability);
  }

  private static List<PromptEntry> prompts(Optimized<?, ?, ?> found) {
    ProgramState before = found.compiled().predictors().initialState();
    ProgramState after = found.compiled().state();
    return after.byPredictor().entrySet().stream()
        .map(
            entry -> {
              PredictorState old = before.byPredictor().getOrDefault(entry.getKey(), NO_STATE);
              return new PromptEntry(
                  entry.getKey(),
                  old.instructions(),
                  entry.getValue().instructions(),
                  demos(old),
                  demos(entry.getValue()));
            })
        .toList();
  }

  private static final PredictorState NO_STATE = new PredictorState("", List.<Demo>of());

  private static List<String> demos(PredictorState state) {
    return state.demos().stream().map(FoundCandidates::json).toList();
  }

  static ProvenanceEntry provenance(Optimized<?, ?, ?> found, Map<String, String> facts) {
    Provenance provenance = found.compiled().provenance();
    Map<String, String> settings = new LinkedHashMap<>();
    provenance
        .settings()
        .properties()
        .forEach(
            setting ->
                settings.put(setting.getKey(), Redaction.of(Json.write(setting.getValue()))));
    return new ProvenanceEntry(
        provenance.seed(),
        settings,
        provenance.dataFingerprints(),
        provenance.modelIds(),
        versions(),
        facts);
  }

  static Map<String, String> versions() {
    String own = FoundResult.class.getPackage().getImplementationVersion();
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("Hone", own == null ? "development" : own);
    versions.put("Java", System.getProperty("java.version", ""));
    versions.put(
        "system",
        "%s %s".formatted(System.getProperty("os.name", ""), System.getProperty("os.arch", "")));
    return versions;
  }
}
