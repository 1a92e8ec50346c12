package dev.hone.optimize.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Context;
import dev.hone.observe.Event;
import dev.hone.observe.EventStamp;
import dev.hone.optimize.OptimizationReport;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.OptimizerEvent;
import dev.hone.optimize.OptimizerEvent.OptimizerFailed;
import dev.hone.optimize.OptimizerEvent.StageFinished;
import dev.hone.optimize.OptimizerEvent.StageStarted;
import dev.hone.optimize.RunFigures;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimizerRunTest {
  private static final Instant NOON = Instant.parse("2024-01-01T12:00:00Z");

  private final RuleModel model = new RuleModel("m", Tickets.rules(p -> 1));
  private final OptimizationTask<Ticket, Route> task =
      OptimizationTask.of(new Tickets.Router(), Tickets.data(0, 10, "quartz"), Tickets.metric());
  private final List<Event> events = new ArrayList<>();
  private final Context context =
      Contexts.of(model).toBuilder()
          .clock(Clock.fixed(NOON, ZoneOffset.UTC))
          .listener(
              (event, metadata) -> {
                if (event instanceof OptimizerEvent) {
                  events.add(event);
                }
              })
          .build();

  private static final class Plain extends OptimizationReport {
    Plain(RunFigures figures) {
      super(figures);
    }
  }

  private Optimized<Ticket, Route, Plain> returned(OptimizerRun run) {
    return new OptimizedBuilder<>(
            run.optimizer(),
            task,
            task.predictors().initialState(),
            new Plain(run.figures().build()))
        .build();
  }

  private <T> T find(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  @Test
  void stampsRunAndStageWithIdsParentsAndTheTimeOfTheContext() {
    context.call(
        () -> {
          OptimizerRun run = OptimizerRun.of("Mine");
          return run.call(
              10,
              0,
              () -> {
                run.stage("ask", "ask once")
                    .call(() -> task.student().run(new Ticket("ticket 1 about quartz")));
                return returned(run);
              });
        });

    EventStamp started = events.get(0).stamp();
    EventStamp stage = find(StageStarted.class).stamp();
    assertThat(events.get(events.size() - 1).stamp()).isEqualTo(started);
    assertThat(find(StageFinished.class).stamp()).isEqualTo(stage);
    assertThat(stage.parentId()).isEqualTo(started.id());
    assertThat(stage.id()).isNotEqualTo(started.id());
    assertThat(events).allMatch(event -> event.stamp().time().equals(NOON));
  }

  @Test
  void metersAStageThatFailsAndEmitsItsEndAndThatOfTheRun() {
    OptimizerRun[] runs = new OptimizerRun[1];

    assertThatThrownBy(
            () ->
                context.call(
                    () -> {
                      OptimizerRun run = OptimizerRun.of("Mine");
                      runs[0] = run;
                      return run.call(10, 0, () -> failing(run));
                    }))
        .isInstanceOf(StackOverflowError.class);

    assertThat(find(StageFinished.class).detail()).isEqualTo("stopped: too deep");
    assertThat(find(OptimizerFailed.class).error()).hasMessage("too deep");
    assertThat(runs[0].figures().build().spendByStage().get("ask").lmCalls()).isEqualTo(1);
  }

  private Optimized<Ticket, Route, Plain> failing(OptimizerRun run) {
    return run.stage("ask", "ask once")
        .call(
            () -> {
              task.student().run(new Ticket("ticket 1 about quartz"));
              throw new StackOverflowError("too deep");
            });
  }

  @Test
  void addsAStageThatRunsAgainToItself() {
    context.call(
        () -> {
          OptimizerRun run = OptimizerRun.of("Mine");
          return run.call(
              10,
              0,
              () -> {
                for (int i = 0; i < 3; i++) {
                  Ticket ticket = new Ticket("ticket %d about quartz".formatted(i));
                  run.stage("ask", "ask once").call(() -> task.student().run(ticket));
                }
                Optimized<Ticket, Route, Plain> optimized = returned(run);
                assertThat(optimized.report().spendByStage()).containsOnlyKeys("ask");
                assertThat(optimized.report().spend().lmCalls()).isEqualTo(3);
                assertThat(optimized.report().spendByModel().get("m").lmCalls()).isEqualTo(3);
                return optimized;
              });
        });

    assertThat(events.stream().filter(StageStarted.class::isInstance)).hasSize(3);
  }

  @Test
  void aVisitorTakesWhatItKnowsAndLeavesTheRestToItsDefault() {
    context.call(
        () -> {
          OptimizerRun run = OptimizerRun.of("Mine");
          return run.call(10, 0, () -> returned(run));
        });
    var visitor =
        new OptimizerEvent.Visitor<String>() {
          @Override
          public String visit(OptimizerEvent.OptimizerStarted event) {
            return "started with " + event.trainExamples();
          }

          @Override
          public String otherwise(OptimizerEvent event) {
            return "other of " + event.optimizer();
          }
        };

    assertThat(events.stream().map(event -> ((OptimizerEvent) event).accept(visitor)))
        .containsExactly("started with 10", "other of Mine");
  }
}
