package dev.hone.optimize;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.HoneException;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.lm.LanguageModel;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.candidate.ProposerTemplate;
import dev.hone.optimize.copro.Copro;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.racing.RacingSearch;
import dev.hone.optimize.search.tpe.TpeSearch;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every setting of every optimizer and search, found by reflection, in many surroundings: it
 * changes the plan or the result, or a note or an error names it.
 */
@Tag("once")
class SettingsHaveAnEffectTest {
  private static final Dataset<Ticket, Route> TRAINSET = Tickets.data(0, 24, "quartz");
  private static final Dataset<Ticket, Route> VALSET = Tickets.data(24, 54, "quartz");

  /** Wrong answers score between the thresholds that are tried. */
  private static final Metric<Ticket, Route> METRIC =
      (example, actual, context) -> Score.of(actual.equals(example.expected()) ? 1 : 0.3);

  /** A value for each setting that is no default and not in any surrounding. */
  private static final Map<String, Object> VALUES =
      Map.ofEntries(
          entry("bootstrapSettings", BootstrapSettings.defaults().withMaxRounds(3)),
          entry("proposerSettings", ProposerSettings.defaults().withInitTemperature(0.2)),
          entry("taskModel", model()),
          entry("promptModel", model()),
          entry("candidates", 5),
          entry("instructionCandidates", 5),
          entry("demoSets", 5),
          entry("trials", 5),
          entry("toolDescriptions", 3),
          entry("maxBootstrappedDemos", 1),
          entry("maxLabeledDemos", 4),
          entry("metricThreshold", 0.2),
          entry("maxRounds", 2),
          entry("maxErrors", 0),
          entry("dataAware", false),
          entry("programAware", false),
          entry("fewshotAware", false),
          entry("tipAware", false),
          entry("errorAware", true),
          entry("viewDataBatchSize", 3),
          entry("initTemperature", 0.3),
          entry("tips", List.of("Be brief.")),
          entry("fixedTip", "Be long."),
          entry("programDescription", "It sorts."),
          entry("promptModels", new LanguageModel[] {model(), other()}),
          entry("templates", new ProposerTemplate[] {ProposerTemplate.of("own", "Write it.")}),
          entry("template", ProposerTemplate.of("own", "Write it.")),
          entry("proposalLanguage", "German"),
          entry("keep", new String[] {"Say where"}),
          entry("learnToPropose", learningFile()),
          entry("mustPass", Tickets.data(200, 203, "quartz")),
          entry("proposalRounds", 2),
          entry("search", Search.named("tpe")),
          entry("valsetFraction", 0.6),
          entry("minibatch", true),
          entry("minibatchSize", 7),
          entry("fullEvaluationSteps", 2),
          entry("fullEvaluationTop", 3),
          entry("trialsInFlight", 3),
          entry("targetScore", 0.3),
          entry("cheapestWithin", 0.3),
          entry("keepBaselineUnless", 0.999),
          entry("patience", 1),
          entry("compileCache", false),
          entry("failureScore", 0.5),
          entry("seed", 1L),
          entry("breadth", 4),
          entry("depth", 3),
          entry("candidatePrograms", 3),
          entry("labeledSample", false),
          entry("restrict", Set.of(-3, 0)),
          entry("candidatesInFlight", 2),
          entry("stopAtScore", 0.3),
          entry("startupTrials", 9),
          entry("gamma", 0.6),
          entry("belowLimit", 1),
          entry("blockSize", 4),
          entry("pointsPerThousandTokens", 5.0),
          entry("budgetFraction", 0.9),
          entry("wholeValset", true));

  /** Settings that act where something happens only: a failure, a target reached, a repetition. */
  private static final Set<String> OF_EVENTS =
      Set.of(
          "targetScore", "patience", "compileCache", "maxErrors", "failureScore", "trialsInFlight");

  /** Settings that change how work is spread over threads, and only that. */
  private static final Set<String> OF_THREADS = Set.of("candidatesInFlight");

  private static final Map<String, Set<String>> SILENT_BY_SURROUNDING = new ConcurrentHashMap<>();

  record Sometimes(Predict<Ticket, Route> route) implements Program<Ticket, Route> {
    @Override
    public Route run(Ticket input) {
      Route answer = route.run(input);
      if (Tickets.number(input.text()) % 4 == 3) {
        throw new IllegalStateException("every fourth");
      }
      return answer;
    }
  }

  private static RuleModel model() {
    return RuleModel.of(
        ProposerRules.withInstruction(
            prompt -> "Draft %s: %s".formatted(prompt.options().rolloutId(), prompt.input("tip"))),
        Tickets.rules(
            prompt ->
                0.3
                    + (prompt.instructions().hashCode() & 3) * 0.08
                    + 0.04 * Math.min(4, prompt.demos().size())));
  }

  /** A model of another id. */
  private static RuleModel other() {
    return new RuleModel("other", ProposerRules::echo);
  }

  private static Path learningFile() {
    try {
      Path folder = Files.createTempDirectory("hone-learning");
      folder.toFile().deleteOnExit();
      return folder.resolve("proposals.json");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Arguments> surroundings() {
    List<Arguments> all = new ArrayList<>();
    for (Search search : List.of(Search.racing(), Search.tpe(), Search.random())) {
      MiproV2 small =
          MiproV2.withoutPreset()
              .instructionCandidates(4)
              .demoSets(4)
              .trials(9)
              .maxBootstrappedDemos(2)
              .maxLabeledDemos(3)
              .search(search);
      boolean ofOwnBlocks = !search.settingsOfBudgetOnly().isEmpty();
      MiproV2 parts =
          ofOwnBlocks ? small : small.minibatch(true).minibatchSize(10).fullEvaluationSteps(4);
      String name = search.name();
      all.add(Arguments.of(name, parts, true));
      all.add(Arguments.of(name + ", no valset", parts, false));
      if (!ofOwnBlocks) {
        all.add(Arguments.of(name + ", all examples", small.minibatch(false), true));
      }
      all.add(Arguments.of(name + ", one instruction", parts.instructionCandidates(1), true));
      all.add(
          Arguments.of(
              name + ", no demos", parts.maxBootstrappedDemos(0).maxLabeledDemos(0), true));
      all.add(Arguments.of(name + ", only labels", parts.maxBootstrappedDemos(0), true));
      all.add(
          Arguments.of(
              name + ", only labels, one instruction",
              parts.maxBootstrappedDemos(0).instructionCandidates(1),
              true));
      all.add(Arguments.of(name + ", tip", parts.fixedTip("Be clear."), true));
      all.add(Arguments.of(name + ", blind", parts.tipAware(false).dataAware(false), true));
    }
    BootstrapFewShot bootstrap = BootstrapFewShot.defaults().maxBootstrappedDemos(3);
    all.add(Arguments.of("bootstrap", bootstrap, false));
    all.add(Arguments.of("bootstrap, only labels", bootstrap.maxBootstrappedDemos(0), false));
    all.add(Arguments.of("labels", LabeledFewShot.defaults(), false));
    BootstrapFewShotWithRandomSearch programs =
        BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(5).maxBootstrappedDemos(2);
    all.add(Arguments.of("random programs", programs, true));
    all.add(Arguments.of("random programs, no valset", programs, false));
    all.add(Arguments.of("random programs, only labels", programs.maxBootstrappedDemos(0), true));
    all.add(Arguments.of("copro", Copro.defaults().breadth(3).depth(2), false));
    return all.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("surroundings")
  void isNeverSilent(String name, Optimizer<?> optimizer, boolean valset) throws Exception {
    Set<String> silent = new HashSet<>(silent(name, optimizer, valset));
    silent.removeAll(OF_EVENTS);

    assertThat(silent).as(name).isEqualTo(Set.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"racing", "tpe", "random", "bootstrap", "random programs", "copro"})
  void ofWhatMayHappenHasAnEffectWhereItDoes(String kind) throws Exception {
    Set<String> everywhere = new HashSet<>(OF_EVENTS);
    for (Arguments surrounding : surroundings().toList()) {
      Object[] parts = surrounding.get();
      if (((String) parts[0]).split(",")[0].equals(kind)) {
        everywhere.retainAll(
            silent((String) parts[0], (Optimizer<?>) parts[1], (Boolean) parts[2]));
      }
    }

    assertThat(everywhere).isEmpty();
  }

  /** The settings of an optimizer that change nothing and are spoken of nowhere. */
  private static Set<String> silent(String name, Optimizer<?> optimizer, boolean valset)
      throws Exception {
    Set<String> known = SILENT_BY_SURROUNDING.get(name);
    if (known != null) {
      return known;
    }
    OptimizationTask<Ticket, Route> task = task(valset);
    Seen before = seen(optimizer, task);
    Set<String> silent = new HashSet<>();
    for (Method setter : setters(optimizer.getClass())) {
      Optimizer<?> changed = (Optimizer<?>) setter.invoke(optimizer, value(setter));
      if (isChanged(optimizer, changed, setter)
          && !speaksOrActs(before, changed, task, setter.getName())) {
        silent.add(setter.getName());
      }
    }
    SILENT_BY_SURROUNDING.put(name, silent);
    return silent;
  }

  static Stream<Search> searches() {
    return Stream.of(
        RacingSearch.defaults().budgetFraction(1),
        TpeSearch.defaults().gamma(0.4),
        TpeSearch.defaults().startupTrials(14));
  }

  @ParameterizedTest
  @MethodSource("searches")
  void ofASearchIsNeverSilent(Search search) throws Exception {
    MiproV2 plain = MiproV2.withoutPreset().instructionCandidates(4).demoSets(4).trials(14);
    MiproV2 optimizer =
        search.settingsOfBudgetOnly().isEmpty() ? plain.minibatch(true).minibatchSize(10) : plain;
    OptimizationTask<Ticket, Route> task = task(true).withValset(Tickets.data(24, 124, "quartz"));
    Seen before = seen(optimizer.search(search), task);

    List<String> silent = new ArrayList<>();
    for (Method setter : setters(search.getClass())) {
      Search changed = (Search) setter.invoke(search, value(setter));
      MiproV2 with = optimizer.search(changed);
      if (!speaksOrActs(before, with, task, setter.getName())) {
        silent.add(setter.getName());
      }
    }

    assertThat(silent).isEmpty();
  }

  private static OptimizationTask<Ticket, Route> task(boolean valset) {
    Sometimes program = new Sometimes(Predict.of(Ticket.class, Route.class, Tickets.ORIGINAL));
    OptimizationTask<Ticket, Route> task = OptimizationTask.of(program, TRAINSET, METRIC);
    return valset ? task.withValset(VALSET) : task;
  }

  /** Whether a copy differs from what it was made of, as far as settings tell. */
  private static boolean isChanged(Optimizer<?> before, Optimizer<?> after, Method setter)
      throws Exception {
    if (setter.getParameterTypes()[0] == LanguageModel.class || before instanceof LabeledFewShot) {
      return true;
    }
    Method settings = before.getClass().getMethod("settings");
    return !settings.invoke(before).toString().equals(settings.invoke(after).toString());
  }

  /** The methods that give a copy with one value changed. */
  private static List<Method> setters(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getParameterCount() == 1 && !method.isBridge())
        .filter(
            method ->
                method.getReturnType() == type
                    || method.getDeclaringClass().getName().endsWith("Options"))
        .filter(method -> method.getParameterTypes()[0] != UnaryOperator.class)
        .filter(method -> !OF_THREADS.contains(method.getName()))
        .toList();
  }

  private static Object value(Method setter) {
    Class<?> type = setter.getParameterTypes()[0];
    String name = setter.getName() + (type.getSimpleName().endsWith("Settings") ? "Settings" : "");
    return Objects.requireNonNull(VALUES.get(name), () -> "no value for " + setter);
  }

  /** All that can be seen of a run but the settings themselves. */
  private record Seen(String plan, Set<String> notes, String result) {}

  private static boolean speaksOrActs(
      Seen before, Optimizer<?> changed, OptimizationTask<Ticket, Route> task, String name) {
    Seen after = seen(changed, task);
    boolean named =
        after.notes().stream()
            .anyMatch(note -> note.contains(name) || !before.notes().contains(note));
    return named || !after.plan().equals(before.plan()) || !after.result().equals(before.result());
  }

  private static Seen seen(Optimizer<?> optimizer, OptimizationTask<Ticket, Route> task) {
    RuleModel fresh = model();
    Context context = Contexts.of(fresh);
    Set<String> notes = new HashSet<>();
    String plan;
    String result;
    try {
      OptimizationPlan planned = context.call(() -> optimizer.plan(task));
      notes.addAll(planned.notes());
      plan = planned.toString();
      Optimized<Ticket, Route, ?> optimized = context.call(() -> optimizer.compile(task));
      notes.addAll(optimized.report().notes());
      result =
          optimized.compiled().state()
              + "\n"
              + optimized.report().bestScore()
              + optimized.report().finishReason();
    } catch (HoneException e) {
      notes.add(String.valueOf(e.getMessage()));
      plan = "";
      result = "";
    }
    List<String> prompts =
        fresh.seen().stream().map(SettingsHaveAnEffectTest::shown).sorted().toList();
    return new Seen(plan, notes, result + "\n" + prompts);
  }

  private static String shown(SeenPrompt prompt) {
    return prompt.options() + "\n" + prompt.text();
  }
}
