package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.observe.Event;
import dev.hone.observe.EventStamp;
import dev.hone.optimize.OptimizerEvent.OptimizerStarted;
import dev.hone.optimize.OptimizerEvent.StageStarted;
import dev.hone.optimize.candidate.ProposerEvent;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.Search;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiproV2EventTest {
  private final RuleModel model =
      RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.8));
  private final List<Event> events = Collections.synchronizedList(new ArrayList<>());

  private void run(MiproV2 optimizer) {
    Context context =
        Contexts.of(model).toBuilder().listener((event, data) -> events.add(event)).build();
    Trial.run(context, optimizer, Trial.task());
  }

  private <T extends Event> List<T> all(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static Stream<Long> ids(List<? extends Event> events) {
    return events.stream().map(event -> event.stamp().id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tpe", "racing"})
  void everyTrialHasAStartAndAnEndUnderOneIdWithinItsStage(String search) {
    run(Trial.minibatches(Search.named(search)));

    List<MiproV2Event.TrialStarted> started = all(MiproV2Event.TrialStarted.class);
    List<MiproV2Event.TrialFinished> finished = all(MiproV2Event.TrialFinished.class);
    StageStarted stage =
        all(StageStarted.class).stream()
            .filter(it -> it.stage().equals("search"))
            .findFirst()
            .orElseThrow();
    assertThat(ids(finished))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(ids(started).toList());
    assertThat(started)
        .allSatisfy(event -> assertThat(event.stamp().parentId()).isEqualTo(stage.stamp().id()));
    assertThat(stage.stamp().parentId()).isEqualTo(all(OptimizerStarted.class).get(0).stamp().id());
    assertThat(finished.stream().map(MiproV2Event.TrialFinished::atTrial)).isSorted();
  }

  @Test
  void fullEvaluationsOfTheBestSayAtWhichTrialAndOfHowMany() {
    run(Trial.minibatches().fullEvaluationTop(2));

    List<MiproV2Event.Reranked> reranked = all(MiproV2Event.Reranked.class);
    assertThat(reranked).isNotEmpty();
    for (MiproV2Event.Reranked event : reranked) {
      List<MiproV2Event.TrialFinished> full =
          all(MiproV2Event.TrialFinished.class).stream()
              .filter(trial -> event.requests().contains(trial.trial().request()))
              .toList();
      assertThat(full).hasSize(event.topK());
      assertThat(full.get(0).atTrial()).isEqualTo(event.atTrial());
      assertThat(full).allMatch(trial -> trial.topK() == event.topK());
    }
    assertThat(all(MiproV2Event.TrialFinished.class))
        .filteredOn(trial -> trial.trial().request().choice() != EvaluationRequest.Choice.PROMOTED)
        .isNotEmpty()
        .allMatch(trial -> trial.topK() == 0);
  }

  @Test
  void everyStepOfTheProposerHasAStartAndAnEnd() {
    run(Trial.small());

    assertThat(ids(all(ProposerEvent.StepFinished.class)))
        .hasSize(4)
        .containsExactlyInAnyOrderElementsOf(ids(all(ProposerEvent.StepStarted.class)).toList());
    List<Long> stages =
        all(StageStarted.class).stream().map(StageStarted::stamp).map(EventStamp::id).toList();
    assertThat(all(ProposerEvent.StepStarted.class))
        .allMatch(step -> stages.contains(step.stamp().parentId()));
  }
}
