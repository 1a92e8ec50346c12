package dev.hone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.context.LmEvent;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.metric.Metric;
import dev.hone.observe.Event;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.ProgramEvent;
import dev.hone.program.ProgramState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every piece of work has a start and an end of one id, within the one that it is a part of. */
class EventNestingTest {
  private record Question(int number) {}

  private record Answer(int copy) {}

  private static final Predict<Question, Answer> ECHO =
      Predict.of(Question.class, Answer.class, "Repeat the number.");
  private static final ProgramState STATE = Predictors.of(ECHO).initialState();
  private static final Instant NOW = Instant.parse("2030-01-02T03:04:05Z");

  private final List<Event> events = Collections.synchronizedList(new ArrayList<>());

  private static final FakeModel MODEL =
      new FakeModel("echo", request -> FakeModel.reply("[[ ## copy ## ]]\n7"));

  private Context context(FakeModel model) {
    RetrySettings quick = RetrySettings.defaults().withDelays(Duration.ZERO, Duration.ZERO);
    return Context.builder()
        .lm(LmPipeline.builder(model).retry(quick).build())
        .clock(Clock.fixed(NOW, ZoneOffset.UTC))
        .listener((event, metadata) -> events.add(event))
        .build();
  }

  private static List<Example<Question, Answer>> numbers(int count) {
    return Dataset.of(
            IntStream.range(0, count)
                .mapToObj(i -> Example.of(new Question(i), new Answer(7)))
                .toList())
        .examples();
  }

  private static EvaluationEngine<Question, Answer> engine() {
    return new EvaluationEngine<>(ECHO, Metric.exact(Answer::copy), EvaluationSettings.defaults());
  }

  private <E extends Event> List<E> all(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<Long> ids(List<? extends Event> events, Function<Event, Long> id) {
    return events.stream().map(id).sorted().toList();
  }

  private static final Function<Event, Long> ID = event -> event.stamp().id();
  private static final Function<Event, Long> PARENT = event -> event.stamp().parentId();

  @Test
  void startAndEndHaveOneIdWithinThatOfTheWorkAround() {
    AtomicInteger attempts = new AtomicInteger();
    FakeModel flaky =
        new FakeModel(
            "flaky",
            request -> {
              if (attempts.incrementAndGet() == 1) {
                throw new LmException.TimedOut("slow", null);
              }
              return FakeModel.reply("[[ ## copy ## ]]\n7");
            });
    context(flaky).run(() -> engine().evaluate(STATE, numbers(12)));

    List<Long> evaluation = ids(all(EvaluationEvent.EvaluationStarted.class), ID);
    List<Long> examples = ids(all(EvaluationEvent.ExampleStarted.class), ID);
    List<Long> steps = ids(all(ProgramEvent.PredictorStarted.class), ID);
    List<Long> calls = ids(all(LmEvent.CallStarted.class), ID);
    List<Event> attemptEnds = new ArrayList<>(all(LmEvent.AttemptAnswered.class));
    attemptEnds.addAll(all(LmEvent.AttemptFailed.class));

    assertThat(ids(all(EvaluationEvent.EvaluationFinished.class), ID)).isEqualTo(evaluation);
    assertThat(examples).hasSize(12).doesNotHaveDuplicates();
    assertThat(ids(all(EvaluationEvent.ExampleFinished.class), ID)).isEqualTo(examples);
    assertThat(ids(all(EvaluationEvent.ExampleStarted.class), PARENT))
        .containsOnly(evaluation.get(0));
    assertThat(ids(all(ProgramEvent.PredictorAnswered.class), ID)).isEqualTo(steps);
    assertThat(ids(all(ProgramEvent.PredictorStarted.class), PARENT)).isEqualTo(examples);
    assertThat(ids(all(LmEvent.CallAnswered.class), ID)).isEqualTo(calls);
    assertThat(ids(all(LmEvent.CallStarted.class), PARENT)).isEqualTo(steps);
    assertThat(ids(attemptEnds, ID))
        .hasSize(13)
        .isEqualTo(ids(all(LmEvent.AttemptStarted.class), ID));
    assertThat(new ArrayList<>(new java.util.TreeSet<>(ids(attemptEnds, PARENT)))).isEqualTo(calls);
    assertThat(events).allSatisfy(event -> assertThat(event.stamp().time()).isEqualTo(NOW));
  }

  @Test
  void anEventNamesAllTheWorkAroundItTheNearestFirst() {
    context(MODEL).run(() -> engine().evaluate(STATE, numbers(1)));

    long evaluation = all(EvaluationEvent.EvaluationStarted.class).get(0).stamp().id();
    long example = all(EvaluationEvent.ExampleStarted.class).get(0).stamp().id();
    long step = all(ProgramEvent.PredictorStarted.class).get(0).stamp().id();
    assertThat(all(EvaluationEvent.EvaluationStarted.class).get(0).stamp().around()).isEmpty();
    assertThat(all(LmEvent.CallStarted.class).get(0).stamp().around())
        .containsExactly(step, example, evaluation);
    assertThat(all(LmEvent.CallAnswered.class).get(0).stamp().around())
        .containsExactly(step, example, evaluation);
  }

  @Test
  void saysOfAnExampleWhetherItsOutcomeWasKnown() {
    EvaluationEngine<Question, Answer> engine = engine();
    context(MODEL)
        .run(
            () -> {
              engine.evaluate(STATE, numbers(3));
              engine.evaluate(STATE, numbers(3));
            });

    assertThat(all(EvaluationEvent.ExampleFinished.class))
        .extracting(EvaluationEvent.ExampleFinished::known)
        .containsExactly(false, false, false, true, true, true);
  }

  @Test
  void aStartHasItsEndThoughTheBudgetEndsTheWork() {
    Context poor = context(MODEL).toBuilder().budget(Budget.ofCalls(2)).build();

    assertThatThrownBy(() -> poor.call(() -> engine().evaluate(STATE, numbers(5))))
        .isInstanceOf(LmException.BudgetExhausted.class);

    Map<Long, Integer> times = new HashMap<>();
    events.forEach(event -> times.merge(event.stamp().id(), 1, Integer::sum));
    assertThat(times.values()).containsOnly(2);
    assertThat(all(EvaluationEvent.EvaluationFailed.class)).hasSize(1);
    assertThat(all(EvaluationEvent.ExampleFailed.class)).isNotEmpty();
    assertThat(all(ProgramEvent.PredictorFailed.class))
        .allSatisfy(
            failed -> assertThat(failed.error()).isInstanceOf(LmException.BudgetExhausted.class));
  }

  @Test
  void aVisitorHasADefaultForWhatItDoesNotKnow() {
    context(MODEL).run(() -> engine().evaluate(STATE, numbers(2)));

    LmEvent.Visitor<String> visitor =
        new LmEvent.Visitor<>() {
          @Override
          public String visit(LmEvent.CallAnswered answered) {
            return answered.response().text();
          }

          @Override
          public String otherwise(LmEvent event) {
            return "";
          }
        };

    assertThat(all(LmEvent.class).stream().map(event -> event.accept(visitor)))
        .containsExactlyInAnyOrder(
            "", "", "", "", "", "", "[[ ## copy ## ]]\n7", "[[ ## copy ## ]]\n7");
    EvaluationEvent.Visitor<Integer> count = event -> 1;
    ProgramEvent.Visitor<Integer> steps = event -> 1;
    assertThat(all(EvaluationEvent.class).stream().mapToInt(e -> e.accept(count)).sum())
        .isEqualTo(6);
    assertThat(all(ProgramEvent.class).stream().mapToInt(e -> e.accept(steps)).sum()).isEqualTo(4);
    Outcome.Visitor<Answer, Boolean> outcome = other -> false;
    assertThat(new Outcome.Scored<>(new Answer(1), dev.hone.metric.Score.of(1)).accept(outcome))
        .isFalse();
  }
}
