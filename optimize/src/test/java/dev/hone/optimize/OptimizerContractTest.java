package dev.hone.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.context.Spend;
import dev.hone.data.Dataset;
import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import dev.hone.observe.Event;
import dev.hone.optimize.OptimizerEvent.OptimizerFinished;
import dev.hone.optimize.OptimizerEvent.OptimizerStarted;
import dev.hone.optimize.copro.Copro;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.optimize.knn.KnnFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every optimizer. */
class OptimizerContractTest {
  private final RuleModel model =
      RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.8));
  private final Dataset<Ticket, Route> trainset = Tickets.data(0, 40, "quartz");
  private final Dataset<Ticket, Route> valset = Tickets.data(100, 130, "quartz");
  private final List<Event> events = Collections.synchronizedList(new ArrayList<>());

  static final Embedder LENGTHS =
      new Embedder() {
        @Override
        public Embedding embed(String text) {
          return Embedding.of(text.length(), 1);
        }

        @Override
        public String id() {
          return "lengths";
        }
      };

  static Stream<Optimizer<?>> all() {
    return Stream.of(
        LabeledFewShot.defaults(),
        BootstrapFewShot.defaults().maxErrors(5),
        BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(2),
        KnnFewShot.defaults(),
        Copro.defaults().breadth(3).depth(1),
        MiproV2.light().trials(4).seed(1));
  }

  private Context context() {
    return Contexts.of(model).toBuilder()
        .embedder(LENGTHS)
        .listener((event, metadata) -> events.add(event))
        .build();
  }

  private OptimizationTask<Ticket, Route> task() {
    return OptimizationTask.of(new Tickets.Router(), trainset, Tickets.metric());
  }

  @ParameterizedTest
  @MethodSource("all")
  <R extends OptimizationReport> void takesTheObviousOrdersOfArguments(Optimizer<R> optimizer) {
    Tickets.Router student = new Tickets.Router();

    Optimized<Ticket, Route, R> plain =
        context().call(() -> optimizer.compile(student, trainset, Tickets.metric()));
    Optimized<Ticket, Route, R> withValset =
        context().call(() -> optimizer.compile(student, trainset, valset, Tickets.metric()));
    Optimized<Ticket, Route, R> withTeacher =
        context()
            .call(
                () ->
                    optimizer.compile(
                        student, Teacher.on(Contexts.bare(model, 4)), trainset, Tickets.metric()));

    for (Optimized<Ticket, Route, R> optimized : List.of(plain, withValset, withTeacher)) {
      Route said = context().call(() -> optimized.run(new Ticket("ticket 1 about quartz")));
      assertThat(said.label()).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void keepsWithinItsPlanWhichCostsNothing(Optimizer<?> optimizer) {
    OptimizationPlan plan = context().call(() -> optimizer.plan(task()));
    assertThat(model.seen()).isEmpty();
    assertThat(plan.toString()).isNotBlank();

    context().call(() -> optimizer.compile(task()));

    long proposals = model.seen(ProposerRules::asked).size();
    assertThat(proposals).isLessThanOrEqualTo(plan.maxProposerCalls());
    assertThat(model.seen().size() - proposals).isLessThanOrEqualTo(plan.maxProgramRuns());
  }

  @ParameterizedTest
  @MethodSource("all")
  void reportsItsFigures(Optimizer<?> optimizer) {
    Optimized<Ticket, Route, ?> optimized = context().call(() -> optimizer.compile(task()));

    OptimizationReport report = optimized.report();
    assertThat(report.finishReason()).isNotEqualTo(FinishReason.RUNNING);
    assertThat(report.spend().lmCalls()).isEqualTo(model.seen().size());
    assertThat(report.spendByModel().values().stream().reduce(Spend.NONE, Spend::plus))
        .isEqualTo(report.spend());
    assertThat(report.durationByStage().keySet()).isEqualTo(report.spendByStage().keySet());
    assertThat(report.durationByModel().keySet()).isEqualTo(report.spendByModel().keySet());
    assertThat(report.durationByStage().values().stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThanOrEqualTo(report.duration());
    assertThat(report.summary()).isNotBlank().doesNotContain("\n");
    assertThat(report.bestScore().isPresent()).isEqualTo(report.baselineScore().isPresent());
    assertThat(optimized.compiled().provenance().optimizer()).isEqualTo(optimizer.name());
    assertThat(optimized.compiled().provenance().scores())
        .hasSize(report.bestScore().isPresent() ? 2 : 0);
  }

  @ParameterizedTest
  @MethodSource("all")
  void emitsItsStartAndItsEndUnderOneId(Optimizer<?> optimizer) {
    Optimized<Ticket, Route, ?> optimized = context().call(() -> optimizer.compile(task()));

    List<Event> own = events.stream().filter(OptimizerEvent.class::isInstance).toList();
    assertThat(own.get(0)).isInstanceOf(OptimizerStarted.class);
    Event last = own.get(own.size() - 1);
    assertThat(last.stamp().id()).isEqualTo(own.get(0).stamp().id()).isPositive();
    assertThat(last)
        .isInstanceOfSatisfying(
            OptimizerFinished.class,
            finished -> assertThat(finished.report()).isSameAs(optimized.report()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void refusesAnEmptyTrainsetBeforeTheFirstCall(Optimizer<?> optimizer) {
    OptimizationTask<Ticket, Route> empty = task().withTrainset(Dataset.of(List.of()));

    assertThatThrownBy(() -> context().call(() -> optimizer.compile(empty)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The trainset is empty");
    assertThat(model.seen()).isEmpty();
  }
}
