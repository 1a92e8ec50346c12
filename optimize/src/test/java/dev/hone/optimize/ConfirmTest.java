package dev.hone.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Context;
import dev.hone.observe.Event;
import dev.hone.optimize.copro.Copro;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Permission before a run that is paid for. */
class ConfirmTest {
  private final RuleModel model =
      RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.8));
  private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
  private final Context context =
      Contexts.of(model).toBuilder().listener((event, data) -> events.add(event)).build();
  private final OptimizationTask<Ticket, Route> task =
      OptimizationTask.of(new Tickets.Router(), Tickets.data(0, 40, "quartz"), Tickets.metric());

  static Stream<Optimizer<?>> all() {
    return Stream.of(
        LabeledFewShot.defaults(),
        BootstrapFewShot.defaults(),
        BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(2),
        Copro.defaults().breadth(3).depth(1),
        MiproV2.light().trials(4).seed(1));
  }

  @ParameterizedTest
  @MethodSource("all")
  void noMeansNoCallAndNoEvent(Optimizer<?> optimizer) {
    List<OptimizationPlan> asked = new ArrayList<>();
    Optimizer<?> asking =
        optimizer.confirm(
            plan -> {
              asked.add(plan);
              return false;
            });

    assertThatThrownBy(() -> context.call(() -> asking.compile(task)))
        .isInstanceOfSatisfying(
            RunNotConfirmedException.class, e -> assertThat(e.plan()).isSameAs(asked.get(0)))
        .hasMessageContainingAll(optimizer.name(), "no call was made", "Maybe");

    assertThat(model.seen()).isEmpty();
    assertThat(events).isEmpty();
    assertThat(asked)
        .singleElement()
        .satisfies(
            plan ->
                assertThat(plan).hasToString(context.call(() -> optimizer.plan(task)).toString()));
  }

  @ParameterizedTest
  @MethodSource("all")
  <R extends OptimizationReport> void yesMeansTheSameRunAsWithoutAsking(Optimizer<R> optimizer) {
    Optimized<Ticket, Route, R> plain = context.call(() -> optimizer.compile(task));
    int calls = model.seen().size();

    Optimized<Ticket, Route, R> asked =
        context.call(
            () ->
                optimizer
                    .confirm(
                        plan -> {
                          assertThat(model.seen()).hasSize(calls);
                          return true;
                        })
                    .compile(task));

    assertThat(asked.compiled().state()).isEqualTo(plain.compiled().state());
    assertThat(asked.report().getClass()).isEqualTo(plain.report().getClass());
    assertThat(model.seen()).hasSize(2 * calls);
  }

  @Test
  void isAskedByEveryWayToCompileAndDecidesByThePlan() {
    Optimizer<?> small = MiproV2.light().trials(4).confirm(plan -> plan.maxProgramRuns() < 10);

    assertThatThrownBy(
            () ->
                context.call(
                    () -> small.compile(task.student(), task.trainset(), Tickets.metric())))
        .isInstanceOf(RunNotConfirmedException.class);
    assertThatThrownBy(
            () ->
                context.call(
                    () ->
                        small.compile(
                            task.student(),
                            task.trainset(),
                            Tickets.data(100, 130, "quartz"),
                            Tickets.metric())))
        .isInstanceOf(RunNotConfirmedException.class);
    assertThat(small.name()).isEqualTo("MiproV2");
    assertThat(model.seen()).isEmpty();
  }

  @Test
  void whatTheQuestionThrowsGoesToTheCaller() {
    Optimizer<?> broken =
        LabeledFewShot.defaults()
            .confirm(
                plan -> {
                  throw new IllegalStateException("nobody answers");
                });

    assertThatThrownBy(() -> context.call(() -> broken.compile(task)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("nobody answers");
  }
}
