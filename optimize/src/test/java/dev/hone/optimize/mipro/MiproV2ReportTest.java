package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.compiled.Compiled;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.context.Spend;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.observe.Event;
import dev.hone.optimize.OptimizerEvent;
import dev.hone.optimize.OptimizerEvent.OptimizerFailed;
import dev.hone.optimize.OptimizerEvent.OptimizerFinished;
import dev.hone.optimize.OptimizerEvent.OptimizerStarted;
import dev.hone.optimize.OptimizerEvent.StageFinished;
import dev.hone.optimize.OptimizerEvent.StageStarted;
import dev.hone.optimize.candidate.ProposerEvent;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.LeadOverBaseline.Source;
import dev.hone.optimize.search.Search;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiproV2ReportTest {
  private final RuleModel model =
      RuleModel.of(
          ProposerRules::echo, Relay.rules(p -> 0.8, p -> p.demos().isEmpty() ? 0.3 : 0.8));
  private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
  private final List<Map<String, String>> metadata =
      Collections.synchronizedList(new ArrayList<>());

  private Context listening() {
    return Contexts.of(model).toBuilder()
        .metadata("run", "42")
        .listener(
            (event, data) -> {
              if (event instanceof OptimizerEvent
                  || event instanceof MiproV2Event
                  || event instanceof ProposerEvent) {
                events.add(event);
                metadata.add(data);
              }
            })
        .build();
  }

  private List<String> outline() {
    List<String> lines = new ArrayList<>();
    for (Event event : List.copyOf(events)) {
      if (event instanceof StageStarted started) {
        lines.add("+" + started.stage());
      } else if (event instanceof StageFinished finished) {
        lines.add("-" + finished.stage());
      } else if (!(event instanceof ProposerEvent || event instanceof MiproV2Event)) {
        lines.add(event.getClass().getSimpleName());
      }
    }
    return lines;
  }

  @Test
  void tellsItsStagesInOrderWithTheMetadataOfTheContext() {
    var optimized = Trial.run(listening(), Trial.minibatches().proposalRounds(2), Trial.task());

    assertThat(outline())
        .containsExactly(
            "OptimizerStarted",
            "+bootstrap",
            "-bootstrap",
            "+ground",
            "-ground",
            "+propose",
            "-propose",
            "+search",
            "-search",
            "+propose",
            "-propose",
            "+search",
            "-search",
            "OptimizerFinished");
    assertThat(metadata).allMatch(data -> data.equals(Map.of("run", "42")));
    assertThat(((OptimizerStarted) events.get(0)).validationExamples()).isEqualTo(40);
    assertThat(((MiproV2Event.Planned) events.get(1)).plan()).isSameAs(optimized.report().plan());
    assertThat(((OptimizerFinished<?>) events.get(events.size() - 1)).report())
        .isSameAs(optimized.report());
  }

  @Test
  void tellsEveryTrialAndEveryStepOfTheProposer() {
    var report = Trial.run(listening(), Trial.minibatches(), Trial.task()).report();

    List<TrialRecord> told =
        events.stream()
            .filter(MiproV2Event.TrialFinished.class::isInstance)
            .map(event -> ((MiproV2Event.TrialFinished) event).trial())
            .toList();
    assertThat(told).isEqualTo(report.trials());
    assertThat(events.stream().filter(MiproV2Event.Reranked.class::isInstance)).isNotEmpty();
    assertThat(events.stream().filter(ProposerEvent.StepFinished.class::isInstance)).hasSize(4);
    assertThat(report.trials().stream().map(trial -> trial.request().trial())).isSorted();
  }

  @Test
  void tellsThatItFailed() {
    Context context = listening().toBuilder().budget(Budget.ofWallClock(Duration.ZERO)).build();

    assertThatThrownBy(() -> Trial.run(context, Trial.small(), Trial.task()))
        .isInstanceOf(LmException.BudgetExhausted.class);

    assertThat(outline())
        .containsExactly("OptimizerStarted", "+bootstrap", "-bootstrap", "OptimizerFailed");
    assertThat(((OptimizerFailed) events.get(events.size() - 1)).error())
        .isInstanceOf(LmException.BudgetExhausted.class);
  }

  @Test
  void describesStagesInAPhrase() {
    Trial.run(listening(), Trial.minibatches(), Trial.relay());

    assertThat(events)
        .allSatisfy(
            event -> {
              if (event instanceof StageFinished finished) {
                assertThat(finished.detail()).isNotBlank().hasSizeLessThan(200);
              }
            });
  }

  @Test
  void addsUpWhatTheModelSawByStageAndByModel() {
    var report =
        Trial.run(listening(), Trial.minibatches().proposalRounds(2), Trial.relay()).report();

    assertThat(report.spendByStage().keySet())
        .containsExactly("bootstrap", "ground", "propose", "search");
    assertThat(report.spend().lmCalls()).isEqualTo(model.seen().size());
    assertThat(report.spendByModel().get("rules").lmCalls()).isEqualTo(model.seen().size());
    assertThat(report.spendByStage().get("propose").lmCalls())
        .isEqualTo(model.askedFor("instruction").size());
    assertThat(report.spendByStage().get("bootstrap")).isEqualTo(report.bootstrap().spend());
    assertThat(report.trials().stream().map(TrialRecord::spend).reduce(Spend.NONE, Spend::plus))
        .isEqualTo(report.spendByStage().get("search"));
    assertThat(report.spend().usage().promptTokens()).isPositive();
  }

  @Test
  void letsInterceptorsSeeTheCallsOfEveryStage() {
    Queue<LmRequest> intercepted = new ConcurrentLinkedQueue<>();
    Context context =
        Contexts.of(model).toBuilder()
            .interceptor((request, data) -> intercepted.add(request))
            .build();

    Trial.run(context, Trial.small(), Trial.relay());

    assertThat(intercepted).hasSize(model.seen().size());
    assertThat(model.seen()).anyMatch(ProposerRules::asked);
  }

  @Test
  void saysWhichTrialsWereGuidedAndGuidesSomeOfThePresetLight() {
    RuleModel tickets = RuleModel.of(ProposerRules::echo, Tickets.rules(p -> 0.5));

    var report = Trial.run(tickets, MiproV2.light().search(Search.tpe())).report();

    List<EvaluationRequest.Choice> choices =
        report.trials().stream().map(trial -> trial.request().choice()).toList();
    assertThat(choices.stream().filter(c -> c == EvaluationRequest.Choice.GUIDED).count())
        .isGreaterThanOrEqualTo(5);
    assertThat(choices)
        .contains(EvaluationRequest.Choice.BASELINE, EvaluationRequest.Choice.RANDOM);
  }

  @Test
  void keepsWithinItsPlan() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 30; i++) {
      RuleModel fresh = RuleModel.of(ProposerRules::echo, Tickets.rules(p -> 0.5));
      MiproV2 settings =
          Trial.small()
              .seed(i)
              .trials(3 + random.nextInt(18))
              .minibatch(random.nextBoolean())
              .minibatchSize(5 + random.nextInt(20))
              .fullEvaluationSteps(1 + random.nextInt(6))
              .fullEvaluationTop(1 + random.nextInt(3))
              .trialsInFlight(1 + random.nextInt(4))
              .proposalRounds(1 + random.nextInt(3))
              .compileCache(false);

      MiproV2Plan plan = Trial.run(fresh, settings).report().plan();

      long proposals = fresh.seen(ProposerRules::asked).size();
      assertThat(proposals).isLessThanOrEqualTo(plan.maxProposerCalls());
      assertThat(fresh.seen().size() - proposals).isLessThanOrEqualTo(plan.maxProgramRuns());
    }
  }

  @Test
  void isAProgramThatCanBeSavedAndLoaded(@TempDir Path folder) {
    var optimized = Trial.run(Contexts.of(model), Trial.small(), Trial.relay());

    optimized.save(folder.resolve("relay.json"));
    var loaded = Compiled.load(new Relay.TwoSteps(), folder.resolve("relay.json"));

    assertThat(loaded.state()).isEqualTo(optimized.compiled().state());
    assertThat(loaded.provenance().scores()).isEqualTo(optimized.compiled().provenance().scores());
    assertThat(loaded.provenance().scores().get(1).mean())
        .isEqualTo(optimized.report().best().scoreMean());
    assertThat(loaded.provenance().settings().get("search").get("gamma").doubleValue())
        .isEqualTo(0.1);
    assertThat(loaded.provenance().settings().toString())
        .isEqualTo(optimized.compiled().provenance().settings().toString());
  }

  @Test
  void printsEveryTrialAndProblemAndWhatWon() {
    var report = Trial.run(Contexts.of(model), Trial.minibatches(), Trial.relay()).report();

    assertThat(report.toString().lines())
        .hasSizeGreaterThanOrEqualTo(report.trials().size() + report.notes().size() + 4);
    assertThat(report.toString())
        .contains("baseline", "promoted", "bootstrap ", "trials spent", "What won: i");
    List<Integer> choices = report.best().configuration().choices();
    List<String> predictors = List.copyOf(report.instructions().keySet());
    String words = report.toString().replaceAll("\\s+", " ");
    for (int i = 0; i < predictors.size(); i++) {
      String name = predictors.get(i);
      assertThat(words)
          .contains("%s: d%d, ".formatted(name, choices.get(2 * i + 1)))
          .contains(report.instructions().get(name).get(choices.get(2 * i)).text());
    }
    assertThat(report.confidence()).isEmpty();
  }

  @Test
  void saysHowSureARaceIs() {
    var report =
        Trial.run(Contexts.of(model), Trial.small().search(Search.racing()), Trial.relay())
            .report();

    assertThat(report.improved()).isTrue();
    assertThat(report.confidence().orElseThrow()).isBetween(0.5, 1.0);
    assertThat(report.lead().orElseThrow().source()).isEqualTo(Source.MODEL_OF_SEARCH);
    assertThat(report.toString().replaceAll("\\s+", " "))
        .contains("better with a probability of " + report.lead().orElseThrow().percent())
        .contains("by the search's own model");
  }

  @Test
  void saysThatNothingScoredHigherThanTheBaseline() {
    RuleModel equal = RuleModel.of(ProposerRules::echo, Tickets.rules(p -> 1));

    assertThat(Trial.run(equal, Trial.small()).report().toString().replaceAll("\\s+", " "))
        .containsPattern(
            "none of \\d+ other configurations scored higher than the program as given")
        .contains("both were scored on, all scored the same")
        .contains("of equals the cheaper is returned")
        .contains("What is returned: the program as it was given.");
  }

  @Test
  void noLineOfTheReportIsLongerThanAHundredColumns() {
    MiproV2 settings =
        Trial.small().search(Search.racing()).mustPass(Tickets.data(500, 503, "law"));

    for (MiproV2 each : List.of(settings, settings.cheapestWithin(0.01))) {
      String text = Trial.run(Contexts.of(model), each, Trial.task()).report().toString();

      assertThat(text).contains("must-pass examples", "note: ");
      assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    }
  }
}
