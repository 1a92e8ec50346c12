package dev.hone.report.record;

import dev.hone.json.Json;
import dev.hone.optimize.OptimizationReport;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.candidate.ProposalChoice;
import dev.hone.optimize.candidate.Tips;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.prompt.Demo;
import dev.hone.report.data.CandidateEntries;
import dev.hone.report.data.CandidateEntries.ConfigurationEntry;
import dev.hone.report.data.CandidateEntries.DemoSetEntry;
import dev.hone.report.data.CandidateEntries.InstructionEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What a search had to choose from, by its report. */
final class FoundCandidates {
  private FoundCandidates() {}

  static CandidateEntries of(OptimizationReport report) {
    if (!(report instanceof MiproV2Report mipro)) {
      return CandidateEntries.NONE;
    }
    Map<String, List<InstructionEntry>> instructions = new LinkedHashMap<>();
    mipro
        .instructions()
        .forEach(
            (predictor, all) ->
                instructions.put(predictor, all.stream().map(FoundCandidates::of).toList()));
    Map<String, List<DemoSetEntry>> demoSets = new LinkedHashMap<>();
    mipro
        .demoSets()
        .forEach(
            (predictor, all) ->
                demoSets.put(predictor, all.stream().map(FoundCandidates::of).toList()));
    return new CandidateEntries(
        instructions,
        demoSets,
        mipro.configurations().stream()
            .map(
                one ->
                    new ConfigurationEntry(
                        mipro.named(one.configuration()),
                        one.scoreMean(),
                        one.examples(),
                        one.full()))
            .toList());
  }

  private static InstructionEntry of(InstructionCandidate candidate) {
    ProposalChoice choice = candidate.choice();
    return new InstructionEntry(
        candidate.text(),
        choice == null
            ? "as given"
            : "proposed in round %d, tip: %s"
                .formatted(
                    candidate.round(),
                    choice.tip().isEmpty() ? "none" : Tips.nameOf(choice.tip())));
  }

  private static DemoSetEntry of(DemoCandidate candidate) {
    String origin =
        switch (candidate.origin()) {
          case ZERO_SHOT -> "no demos";
          case STUDENT -> "as given";
          case LABELED -> "labelled examples";
          case BOOTSTRAPPED -> "successful runs";
        };
    return new DemoSetEntry(origin, candidate.demos().stream().map(FoundCandidates::json).toList());
  }

  /** A demo on a line: its inputs, then its outputs. */
  static String json(Demo demo) {
    ObjectNode node = Json.object();
    node.setAll(demo.inputs());
    node.setAll(demo.outputs());
    return Json.write(node);
  }
}
