package dev.hone.optimize;

import static dev.hone.optimize.Hopeless.SORRY;
import static dev.hone.optimize.Hopeless.TRAINSET;
import static dev.hone.optimize.Hopeless.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Context;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.knn.KnnFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.search.Search;
import dev.hone.testkit.ScriptedModel;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run none of whose first examples has a readable reply stops there, and says so. */
class UnreadableRepliesTest {
  private static Function<LmRequest, String> counting(
      Set<String> inputs, Function<LmRequest, String> reply) {
    return request -> {
      inputs.add(request.messages().get(1).text() + request.messages().size());
      return reply.apply(request);
    };
  }

  static Stream<Arguments> repliesAndWhatTheyHaveInCommon() {
    AtomicInteger count = new AtomicInteger();
    return Stream.of(
        Arguments.of((Function<LmRequest, String>) r -> SORRY, "All replies are \"" + SORRY),
        Arguments.of((Function<LmRequest, String>) r -> "", "All replies are empty"),
        Arguments.of((Function<LmRequest, String>) r -> "  \n", "All replies are empty"),
        Arguments.of(
            (Function<LmRequest, String>) r -> "Error 5, retry later: " + count.incrementAndGet(),
            "All replies begin with \"Error 5, retry later:"),
        Arguments.of(
            (Function<LmRequest, String>) r -> count.incrementAndGet() + " times no",
            "The first reply: \""),
        Arguments.of(
            (Function<LmRequest, String>) r -> "[[ ## lable ## ]]\nred\n\n[[ ## completed ## ]]",
            "lable"),
        Arguments.of((Function<LmRequest, String>) r -> "x".repeat(100_000), "xxxx"));
  }

  @ParameterizedTest
  @MethodSource("repliesAndWhatTheyHaveInCommon")
  void miproStopsWithinTwentyExamplesAndSaysWhatTheRepliesHaveInCommon(
      Function<LmRequest, String> reply, String common) {
    ScriptedModel model = ScriptedModel.answering(reply);

    assertThatThrownBy(
            () ->
                Context.builder()
                    .lm(model)
                    .build()
                    .call(
                        () ->
                            MiproV2.light()
                                .seed(1)
                                .compile(new Tickets.Router(), TRAINSET, Tickets.metric())))
        .isInstanceOf(UnreadableRepliesException.class)
        .hasMessageStartingWith(
            "None of the first 20 runs of the program had a reply that could be read.")
        .hasMessageContaining(common)
        .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(900));
    assertThat(model.calls()).isLessThanOrEqualTo(3 * 20);
  }

  static Stream<Optimizer<?>> bootstrapping() {
    return Stream.of(
        BootstrapFewShot.defaults(),
        BootstrapFewShot.defaults().maxRounds(3),
        KnnFewShot.defaults(),
        MiproV2.light(),
        MiproV2.light().search(Search.tpe()),
        MiproV2.light().maxBootstrappedDemos(0).maxLabeledDemos(0),
        MiproV2.heavy().search(Search.random()));
  }

  @ParameterizedTest
  @MethodSource("bootstrapping")
  void everyOptimizerThatBootstrapsStopsAfterTwentyExamplesOnAnyNumberOfThreads(
      Optimizer<?> optimizer) {
    for (int maxInFlight : new int[] {1, 16}) {
      Set<String> inputs = ConcurrentHashMap.newKeySet();
      ScriptedModel model = ScriptedModel.answering(counting(inputs, r -> SORRY));

      assertThatThrownBy(
              () ->
                  context(model, maxInFlight)
                      .call(
                          () ->
                              optimizer.compile(new Tickets.Router(), TRAINSET, Tickets.metric())))
          .isInstanceOf(UnreadableRepliesException.class)
          .hasMessageContaining(SORRY);
      assertThat(model.calls()).isEqualTo(3 * 20);
    }
  }

  @Test
  void aModelThatRefusesEveryPromptIsAModelWithoutReadableReplies() {
    ScriptedModel model =
        ScriptedModel.answering(
            r -> {
              throw new LmException.ContentRefused("the filter", null);
            });

    assertThatThrownBy(
            () ->
                context(model, 4)
                    .call(
                        () ->
                            BootstrapFewShot.defaults()
                                .compile(new Tickets.Router(), TRAINSET, Tickets.metric())))
        .isInstanceOf(UnreadableRepliesException.class)
        .hasMessageContaining("the filter");
    assertThat(model.calls()).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"racing", "tpe", "random"})
  void whatBootstrappingSawCountsInTheSearch(String search) {
    ScriptedModel model =
        ScriptedModel.answering(r -> ProposerRules.asked(SeenPrompt.of(r)) ? proposal(r) : SORRY);
    OptimizationTask<Ticket, Route> task =
        OptimizationTask.of(new Tickets.Router(), Tickets.data(0, 12, "quartz"), Tickets.metric())
            .withValset(Tickets.data(40, 140, "quartz"));

    assertThatThrownBy(
            () ->
                context(model, 4)
                    .call(() -> MiproV2.light().search(Search.named(search)).compile(task)))
        .isInstanceOf(UnreadableRepliesException.class)
        .hasMessageContaining("None of the first 20 runs");
    // 12 examples in bootstrapping, 8 in the search, three calls each
    assertThat(tickets(model)).isEqualTo(3 * 20);
  }

  private static String proposal(LmRequest request) {
    StringBuilder reply = new StringBuilder();
    ProposerRules.echo(SeenPrompt.of(request))
        .forEach((name, value) -> reply.append("[[ ## " + name + " ## ]]\n" + value + "\n\n"));
    return reply + "[[ ## completed ## ]]";
  }

  private static long tickets(ScriptedModel model) {
    return model.requests().stream()
        .filter(request -> !ProposerRules.asked(SeenPrompt.of(request)))
        .count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"racing", "tpe", "random"})
  void aTinyRunWithoutAnyReadableReplyEndsWithTheErrorToo(String search) {
    ScriptedModel model =
        ScriptedModel.answering(r -> ProposerRules.asked(SeenPrompt.of(r)) ? proposal(r) : SORRY);
    OptimizationTask<Ticket, Route> task =
        OptimizationTask.of(new Tickets.Router(), Tickets.data(0, 2, "quartz"), Tickets.metric())
            .withValset(Tickets.data(40, 42, "quartz"));
    MiproV2 optimizer =
        MiproV2.withoutPreset()
            .instructionCandidates(1)
            .demoSets(2)
            .trials(2)
            .search(Search.named(search));

    assertThatThrownBy(() -> context(model, 4).call(() -> optimizer.compile(task)))
        .isInstanceOf(UnreadableRepliesException.class)
        .hasMessageContaining(SORRY);
    assertThat(model.calls()).isLessThan(60);
  }

  /** Reads nothing without demos: as small models do, which have to be shown the layout. */
  private static RuleModel inNeedOfDemos() {
    return RuleModel.of(
        ProposerRules::echo,
        prompt ->
            prompt.demos().isEmpty() || isRepair(prompt)
                ? Map.of("nonsense", "x")
                : Tickets.rules(p -> 1).apply(prompt));
  }

  /** Repairs fail too: a repair turn shows no ticket that a rule could read. */
  private static boolean isRepair(SeenPrompt prompt) {
    return !prompt.input("text").startsWith("ticket");
  }

  @ParameterizedTest
  @ValueSource(strings = {"racing", "tpe", "random"})
  void aModelThatHasToBeShownTheLayoutIsOptimizedAllTheSame(String search) {
    OptimizationTask<Ticket, Route> task =
        OptimizationTask.of(new Tickets.Router(), Tickets.data(0, 40, "quartz"), Tickets.metric())
            .withValset(Tickets.data(40, 100, "quartz"));

    OptimizationReport report =
        context(inNeedOfDemos(), 4)
            .call(() -> MiproV2.light().search(Search.named(search)).compile(task))
            .report();

    assertThat(report.baselineScore().orElseThrow().scoreMean()).isZero();
    assertThat(report.bestScore().orElseThrow().scoreMean()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 19})
  void oneReadableReplyAmongTheFirstKeepsTheRunGoing(int readable) {
    RuleModel model =
        RuleModel.of(
            ProposerRules::echo,
            prompt ->
                !isRepair(prompt) && Tickets.number(prompt.input("text")) == readable
                    ? Map.of("label", "red")
                    : Map.of("nonsense", "x"));

    var report =
        context(model, 4)
            .call(
                () ->
                    BootstrapFewShot.defaults()
                        .maxBootstrappedDemos(30)
                        .compile(
                            new Tickets.Router(), Tickets.data(0, 20, "quartz"), Tickets.metric()))
            .report();

    assertThat(report.tried()).isEqualTo(20);
    assertThat(report.errors()).isEqualTo(19);
  }
}
