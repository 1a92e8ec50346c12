package dev.hone.project.optimizer;

import dev.hone.optimize.candidate.BootstrapOptions;
import dev.hone.optimize.candidate.ProposerOptions;
import java.nio.file.Path;
import java.util.List;

/** The settings that several optimizers share. */
final class BootstrapSettingsList {
  private BootstrapSettingsList() {}

  /** How demos are made. */
  static <T extends BootstrapOptions<T>> List<Setting<T>> ofBootstrap() {
    return List.of(
        Setting.whole(
            "max bootstrapped demos",
            "the most demos that a teacher's runs give",
            BootstrapOptions::maxBootstrappedDemos),
        Setting.whole(
            "max labeled demos",
            "the most demos that are rows as they stand",
            BootstrapOptions::maxLabeledDemos),
        Setting.number(
            "metric threshold",
            "the least score of a run that becomes a demo",
            BootstrapOptions::metricThreshold),
        Setting.whole(
            "max rounds", "how often a row is tried until it passes", BootstrapOptions::maxRounds),
        Setting.whole(
            "max errors", "the most failures before the run ends", BootstrapOptions::maxErrors));
  }

  /** How instructions are proposed. */
  static <T extends ProposerOptions<T>> List<Setting<T>> ofProposer() {
    return List.of(
        Setting.truth(
            "data aware", "whether the proposer sees the data", ProposerOptions::dataAware),
        Setting.truth(
            "program aware", "whether it sees the program", ProposerOptions::programAware),
        Setting.truth("fewshot aware", "whether it sees demos", ProposerOptions::fewshotAware),
        Setting.truth("tip aware", "whether it is given tips", ProposerOptions::tipAware),
        Setting.truth("error aware", "whether it sees errors", ProposerOptions::errorAware),
        Setting.whole(
            "view data batch size",
            "the rows it sees at a time",
            ProposerOptions::viewDataBatchSize),
        Setting.number(
            "init temperature", "the temperature of proposals", ProposerOptions::initTemperature),
        Setting.texts("tips", "the tips, in place of the usual ones", ProposerOptions::tips),
        Setting.text("fixed tip", "the tip of all proposals", ProposerOptions::fixedTip),
        Setting.text(
            "program description",
            "what the program does, in place of what a model says",
            ProposerOptions::programDescription),
        Setting.text(
            "proposal language", "the language of instructions", ProposerOptions::proposalLanguage),
        Setting.texts(
            "keep",
            "texts that every instruction keeps",
            (optimizer, texts) -> optimizer.keep(texts.toArray(String[]::new))),
        Setting.text(
            "learn to propose",
            "the file in which it is kept which proposals helped",
            (optimizer, file) -> optimizer.learnToPropose(Path.of(file))));
  }
}
