package dev.hone.project.optimizer;

import dev.hone.InvalidInputException;
import dev.hone.lm.LanguageModel;
import dev.hone.optimize.Optimizer;
import dev.hone.optimize.copro.Copro;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.optimize.knn.KnnFewShot;
import dev.hone.optimize.mipro.Auto;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import dev.hone.optimize.search.Search;
import dev.hone.text.FoldedName;
import dev.hone.text.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All optimizers by name, with their settings. The default is MIPROv2 light. The name may carry the
 * preset: {@code MIPROv2 medium}.
 */
public final class OptimizerCatalog {
  private static final String AUTO = "auto";

  private static final OptimizerKind<MiproV2> MIPRO =
      new OptimizerKind<>("MIPROv2", MiproV2::light, miproSettings(), MiproV2::promptModel);

  private static final List<OptimizerKind<?>> KINDS =
      List.of(
          MIPRO,
          new OptimizerKind<>("COPRO", Copro::defaults, coproSettings(), Copro::promptModel),
          new OptimizerKind<>(
              "BootstrapFewShot",
              BootstrapFewShot::defaults,
              joined(
                  BootstrapSettingsList.<BootstrapFewShot>ofBootstrap(),
                  List.of(Setting.<BootstrapFewShot>seed(BootstrapFewShot::seed))),
              (optimizer, model) -> optimizer),
          new OptimizerKind<>(
              "BootstrapFewShotWithRandomSearch",
              BootstrapFewShotWithRandomSearch::defaults,
              randomSearchSettings(),
              (optimizer, model) -> optimizer),
          new OptimizerKind<>(
              "LabeledFewShot",
              LabeledFewShot::defaults,
              List.of(
                  Setting.<LabeledFewShot>whole(
                      "max labeled demos", "the most demos", LabeledFewShot::maxLabeledDemos),
                  Setting.<LabeledFewShot>seed(LabeledFewShot::seed)),
              (optimizer, model) -> optimizer),
          new OptimizerKind<>(
              "KNNFewShot", KnnFewShot::defaults, knnSettings(), (optimizer, model) -> optimizer));

  private OptimizerCatalog() {}

  private static <T> List<Setting<T>> joined(List<Setting<T>> first, List<Setting<T>> second) {
    List<Setting<T>> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static List<Setting<MiproV2>> miproSettings() {
    List<Setting<MiproV2>> own =
        List.of(
            Setting.text(
                AUTO, "the preset: light, medium, heavy, or none", (optimizer, value) -> optimizer),
            Setting.whole("candidates", "instructions and demo sets", MiproV2::candidates),
            Setting.whole(
                "instruction candidates", "how many instructions", MiproV2::instructionCandidates),
            Setting.whole("demo sets", "how many sets of demos", MiproV2::demoSets),
            Setting.whole(
                "tool descriptions", "proposals for each tool", MiproV2::toolDescriptions),
            Setting.whole("trials", "how many candidates are tried", MiproV2::trials),
            Setting.whole("proposal rounds", "rounds of proposals", MiproV2::proposalRounds),
            Setting.text(
                "search",
                "tpe, racing, random, or one of your own",
                (optimizer, name) -> optimizer.search(Search.named(name))),
            Setting.number(
                "valset fraction", "the share of rows to choose by", MiproV2::valsetFraction),
            Setting.truth("minibatch", "whether trials see a part only", MiproV2::minibatch),
            Setting.whole("minibatch size", "rows of a trial", MiproV2::minibatchSize),
            Setting.whole(
                "full evaluation steps",
                "trials between full evaluations",
                MiproV2::fullEvaluationSteps),
            Setting.whole("full evaluation top", "candidates of each", MiproV2::fullEvaluationTop),
            Setting.whole("trials in flight", "trials at once", MiproV2::trialsInFlight),
            Setting.number("target score", "ends the run when reached", MiproV2::targetScore),
            Setting.number(
                "cheapest within",
                "takes the shortest prompt within this of the best",
                MiproV2::cheapestWithin),
            Setting.number(
                "keep baseline unless",
                "the probability of being better that a change needs",
                MiproV2::keepBaselineUnless),
            Setting.whole("patience", "trials without gain before the end", MiproV2::patience),
            Setting.number(
                "failure score", "what a row counts whose program failed", MiproV2::failureScore),
            Setting.seed(MiproV2::seed));
    return joined(
        own,
        joined(
            BootstrapSettingsList.<MiproV2>ofBootstrap(),
            BootstrapSettingsList.<MiproV2>ofProposer()));
  }

  private static List<Setting<Copro>> coproSettings() {
    return List.of(
        Setting.whole("breadth", "proposals of each round", Copro::breadth),
        Setting.whole("depth", "rounds", Copro::depth),
        Setting.number("init temperature", "the temperature of proposals", Copro::initTemperature),
        Setting.number(
            "failure score", "what a row counts whose program failed", Copro::failureScore),
        Setting.text("proposal language", "the language of instructions", Copro::proposalLanguage),
        Setting.texts(
            "keep",
            "texts that every instruction keeps",
            (optimizer, texts) -> optimizer.keep(texts.toArray(String[]::new))),
        Setting.seed(Copro::seed));
  }

  private static List<Setting<BootstrapFewShotWithRandomSearch>> randomSearchSettings() {
    return joined(
        List.of(
            Setting.<BootstrapFewShotWithRandomSearch>whole(
                "candidate programs",
                "how many sets of demos are tried",
                BootstrapFewShotWithRandomSearch::candidatePrograms),
            Setting.<BootstrapFewShotWithRandomSearch>truth(
                "labeled sample",
                "whether the demos of the second candidate are drawn",
                BootstrapFewShotWithRandomSearch::labeledSample),
            Setting.<BootstrapFewShotWithRandomSearch>number(
                "valset fraction",
                "the share of rows to choose by",
                BootstrapFewShotWithRandomSearch::valsetFraction),
            Setting.<BootstrapFewShotWithRandomSearch>whole(
                "candidates in flight",
                "candidates at once",
                BootstrapFewShotWithRandomSearch::candidatesInFlight),
            Setting.<BootstrapFewShotWithRandomSearch>number(
                "stop at score",
                "ends the run when reached",
                BootstrapFewShotWithRandomSearch::stopAtScore),
            Setting.<BootstrapFewShotWithRandomSearch>number(
                "failure score",
                "what a row counts whose program failed",
                BootstrapFewShotWithRandomSearch::failureScore),
            Setting.<BootstrapFewShotWithRandomSearch>seed(BootstrapFewShotWithRandomSearch::seed)),
        BootstrapSettingsList.<BootstrapFewShotWithRandomSearch>ofBootstrap());
  }

  private static List<Setting<KnnFewShot>> knnSettings() {
    return List.of(
        Setting.whole("k", "how many near rows are demos", KnnFewShot::k),
        Setting.truth("bootstrap", "whether demos are runs that passed", KnnFewShot::bootstrap),
        Setting.number(
            "metric threshold",
            "the least score of a run that becomes a demo",
            KnnFewShot::metricThreshold),
        Setting.whole(
            "max rounds", "how often a row is tried until it passes", KnnFewShot::maxRounds),
        Setting.whole("max errors", "the most failures before the run ends", KnnFewShot::maxErrors),
        Setting.seed(KnnFewShot::seed));
  }

  /** The names of all optimizers; the first is the default. */
  public static List<String> names() {
    return KINDS.stream().map(OptimizerKind::name).toList();
  }

  /**
   * The names of the settings of an optimizer.
   *
   * @throws InvalidInputException if there is none of that name
   */
  public static List<String> settingsOf(String optimizer) {
    return kind(optimizer).settingNames();
  }

  /** What a setting is and does, such as {@code a whole number: how many candidates are tried}. */
  public static String describe(String optimizer, String setting) {
    return kind(optimizer).settings().stream()
        .filter(one -> FoldedName.of(one.name()).equals(FoldedName.of(setting)))
        .map(one -> one.kind().label() + ": " + one.what())
        .findFirst()
        .orElse("");
  }

  /** Whether two names are of one optimizer; an empty one is that of the default. */
  static boolean isSame(String first, String second) {
    return nameOf(first).equals(nameOf(second));
  }

  private static String nameOf(String text) {
    return text.isBlank() ? MIPRO.name() : find(text).map(OptimizerKind::name).orElse(text);
  }

  private static Optional<OptimizerKind<?>> find(String text) {
    String folded = FoldedName.of(withoutPreset(text));
    return KINDS.stream()
        .filter(kind -> FoldedName.of(kind.name()).equals(folded))
        .findFirst()
        .or(() -> folded.equals("mipro") ? Optional.of(MIPRO) : Optional.empty());
  }

  /** {@code MIPROv2 light} names the preset too. */
  private static String withoutPreset(String text) {
    return preset(text).isPresent() ? text.strip().replaceAll("\\s+\\S+$", "") : text;
  }

  private static Optional<String> preset(String text) {
    String last = text.strip().replaceAll("^.*\\s", "").toLowerCase(Locale.ROOT);
    boolean two = text.strip().contains(" ");
    return two && List.of("light", "medium", "heavy").contains(last)
        ? Optional.of(last)
        : Optional.empty();
  }

  private static OptimizerKind<?> kind(String name) {
    if (name.isBlank()) {
      return MIPRO;
    }
    return find(name)
        .orElseThrow(
            () ->
                InvalidInputException.of(
                    "The optimizer (%s) is not one of %s"
                        .formatted(name, String.join(", ", names())),
                    "use " + NearestName.of(withoutPreset(name), names()).orElse(names().get(0))));
  }

  /**
   * Makes an optimizer.
   *
   * @param proposer the model that writes instructions; empty for that of the program
   * @throws InvalidInputException if there is none of that name, it has no such setting, or a value
   *     does not fit
   */
  public static Optimizer<?> make(OptimizerSettings settings, Optional<LanguageModel> proposer) {
    OptimizerKind<?> kind = kind(settings.optimizer());
    if (!kind.name().equals(MIPRO.name())) {
      return kind.make(settings.values(), proposer);
    }
    String auto = settings.get(AUTO).or(() -> preset(settings.optimizer())).orElse("light");
    OptimizerKind<MiproV2> preset =
        new OptimizerKind<>(MIPRO.name(), () -> start(auto), MIPRO.settings(), MIPRO.proposer());
    return preset.make(settings.values(), proposer);
  }

  private static MiproV2 start(String auto) {
    return auto.equalsIgnoreCase("none")
        ? MiproV2.withoutPreset()
        : MiproV2.auto(Setting.constant(AUTO, auto, Auto.class));
  }
}
