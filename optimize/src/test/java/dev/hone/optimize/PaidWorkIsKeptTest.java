package dev.hone.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.lm.LmException;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.observe.Event;
import dev.hone.optimize.OptimizerEvent.OptimizerFailed;
import dev.hone.optimize.OptimizerEvent.OptimizerFinished;
import dev.hone.optimize.copro.Copro;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.knn.KnnFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import dev.hone.optimize.search.EvaluationRequest;
import dev.hone.optimize.search.EvaluationScores;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.SearchBudget;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchRun;
import dev.hone.optimize.search.racing.RacingSearch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run has found is returned, and a fault costs only what it touches. */
class PaidWorkIsKeptTest {
  private static final Dataset<Ticket, Route> TRAINSET = Tickets.data(0, 30, "quartz");
  private static final Dataset<Ticket, Route> VALSET = Tickets.data(40, 60, "quartz");

  /** Work that is left behind after an interrupt may still tell of itself while a test looks. */
  private final List<Event> events = new CopyOnWriteArrayList<>();

  private final List<Boolean> interruptedAtTheEnd = new CopyOnWriteArrayList<>();

  @AfterEach
  void clearTheInterrupt() {
    Thread.interrupted();
  }

  static Stream<Throwable> anything() {
    return Stream.of(
        new IllegalStateException("a fault"),
        new IOException("a fault"),
        new TimeoutException("a fault"),
        new NoClassDefFoundError("a fault"),
        new ExceptionInInitializerError("a fault"),
        new AssertionError("a fault"),
        new StackOverflowError("a fault"),
        new OutOfMemoryError("a fault"));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> RuntimeException sneaky(Throwable error) throws E {
    throw (E) error;
  }

  private static Map<String, String> rules(SeenPrompt prompt) {
    return Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.8).apply(prompt);
  }

  private static RuleModel model() {
    return RuleModel.of(ProposerRules::echo, PaidWorkIsKeptTest::rules);
  }

  private static OptimizationTask<Ticket, Route> task() {
    return OptimizationTask.of(new Tickets.Router(), TRAINSET, Tickets.metric()).withValset(VALSET);
  }

  private static MiproV2 mipro() {
    return MiproV2.light().trials(6);
  }

  static Stream<Optimizer<?>> all() {
    return Stream.of(
        BootstrapFewShot.defaults().maxBootstrappedDemos(30),
        BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(6),
        KnnFewShot.defaults(),
        Copro.defaults().breadth(4).depth(2),
        mipro(),
        mipro().search(Search.tpe()),
        mipro().search(Search.random()));
  }

  private Context context(RuleModel model, int maxInFlight) {
    return Contexts.of(model, maxInFlight).toBuilder()
        .embedder(OptimizerContractTest.LENGTHS)
        .listener(
            (event, metadata) -> {
              events.add(event);
              if (event instanceof OptimizerFinished || event instanceof OptimizerFailed) {
                interruptedAtTheEnd.add(Thread.currentThread().isInterrupted());
              }
            })
        .build();
  }

  private boolean told(Class<? extends Event> type) {
    return events.stream().anyMatch(type::isInstance);
  }

  @ParameterizedTest
  @MethodSource("anything")
  void aListenerThatThrowsAnythingAtAnyEventLosesNothing(Throwable error) {
    for (Optimizer<?> optimizer : all().toList()) {
      Context context =
          Contexts.of(model()).toBuilder()
              .embedder(OptimizerContractTest.LENGTHS)
              .listener(
                  (event, metadata) -> {
                    if (event instanceof OptimizerEvent) {
                      throw PaidWorkIsKeptTest.<RuntimeException>sneaky(error);
                    }
                  })
              .build();

      Optimized<Ticket, Route, ?> optimized = context.call(() -> optimizer.compile(task()));

      assertThat(optimized.compiled().state().of("route")).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("anything")
  void aMetricThatThrowsAnythingOnAnExampleCostsThatExample(Throwable error) {
    Metric<Ticket, Route> broken =
        (example, actual, context) -> {
          if (Tickets.number(example.input().text()) == 45) {
            throw PaidWorkIsKeptTest.<RuntimeException>sneaky(error);
          }
          return Score.of(actual.equals(example.expected()));
        };

    OptimizationTask<Ticket, Route> task =
        OptimizationTask.of(new Tickets.Router(), TRAINSET, broken).withValset(VALSET);
    for (Optimizer<?> optimizer :
        List.of(
            mipro().search(RacingSearch.defaults().wholeValset(true)),
            BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(2))) {
      OptimizationReport report = context(model(), 4).call(() -> optimizer.compile(task)).report();

      assertThat(report.bestScore().orElseThrow().examples()).isEqualTo(19);
      assertThat(report.notes()).anyMatch(note -> note.contains("a fault"));
      assertThat(told(OptimizerFinished.class)).isTrue();
    }
    assertThat(told(OptimizerFailed.class)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("anything")
  void aTeacherThatThrowsAnythingOnAnExampleCostsThatExample(Throwable error) {
    RuleModel failing =
        RuleModel.of(
            ProposerRules::echo,
            prompt -> {
              if (Tickets.number(prompt.input("text")) == 7) {
                throw PaidWorkIsKeptTest.<RuntimeException>sneaky(error);
              }
              return rules(prompt);
            });

    for (Optimizer<?> optimizer :
        List.of(
            BootstrapFewShot.defaults().maxBootstrappedDemos(30), KnnFewShot.defaults(), mipro())) {
      OptimizationReport report =
          context(failing, 4).call(() -> optimizer.compile(task())).report();

      assertThat(report.finishReason()).isNotEqualTo(FinishReason.FAILED);
      assertThat(report.notes())
          .anyMatch(note -> note.contains("a fault") || optimizer instanceof MiproV2);
    }
  }

  static Stream<Arguments> interrupts() {
    return all()
        .flatMap(
            optimizer ->
                Stream.of(1, 4)
                    .flatMap(
                        maxInFlight ->
                            Stream.of(25, 40).map(at -> Arguments.of(optimizer, maxInFlight, at))));
  }

  /** Answers, and interrupts the thread that made it at a call. */
  private static RuleModel interrupting(int atCall) {
    Thread caller = Thread.currentThread();
    AtomicInteger calls = new AtomicInteger();
    return RuleModel.of(
        prompt -> {
          interruptAt(atCall, calls, caller);
          return ProposerRules.echo(prompt);
        },
        prompt -> {
          interruptAt(atCall, calls, caller);
          return rules(prompt);
        });
  }

  /** Interrupts the caller, and answers once that has come to the thread that works for it. */
  private static void interruptAt(int atCall, AtomicInteger calls, Thread caller) {
    if (calls.incrementAndGet() == atCall) {
      caller.interrupt();
      long end = System.nanoTime() + 5_000_000_000L;
      while (!Thread.currentThread().isInterrupted() && System.nanoTime() < end) {
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("interrupts")
  void anInterruptGivesBackTheBestSoFarAndStaysSet(
      Optimizer<?> optimizer, int maxInFlight, int at) {
    boolean bootstrapsOnly =
        optimizer instanceof BootstrapFewShot || optimizer instanceof KnnFewShot;
    boolean searches = optimizer instanceof MiproV2;
    int call = bootstrapsOnly ? at / 3 : searches ? at + 30 : at + 12;
    RuleModel model = interrupting(call);

    Optimized<Ticket, Route, ?> optimized =
        context(model, maxInFlight).call(() -> optimizer.compile(task()));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(optimized.report().finishReason()).isEqualTo(FinishReason.INTERRUPTED);
    assertThat(optimized.report().notes()).anyMatch(note -> note.contains("nterrupt"));
    assertThat(optimized.report().bestScore().isPresent()).isEqualTo(!bootstrapsOnly);
    if (maxInFlight == 1) {
      assertThat(model.seen()).hasSizeBetween(call, call + 3);
    }
    assertThat(told(OptimizerFinished.class)).isTrue();
    assertThat(told(OptimizerFailed.class)).isFalse();
    assertThat(interruptedAtTheEnd).as("a listener may still write").containsExactly(false);
    Route said = context(model(), 1).call(() -> optimized.run(new Ticket("ticket 1 about quartz")));
    assertThat(said.label()).isNotBlank();
  }

  static Stream<Optimizer<?>> searching() {
    return all().filter(it -> !(it instanceof BootstrapFewShot || it instanceof KnnFewShot));
  }

  @ParameterizedTest
  @MethodSource("searching")
  void anInterruptBeforeAnythingIsKnownEndsWithTheErrorAndStaysSet(Optimizer<?> optimizer) {
    RuleModel model = interrupting(1);

    assertThatThrownBy(
            () -> {
              Thread.currentThread().interrupt();
              context(model, 4).call(() -> optimizer.compile(task()));
            })
        .isInstanceOf(LmException.Interrupted.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(told(OptimizerFailed.class)).isTrue();
    assertThat(interruptedAtTheEnd).containsExactly(false);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void anInterruptKeepsTheTrialsBesideTheOneThatItStopped(int maxInFlight) {
    RuleModel improving =
        RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.2 : 0.9));
    MiproV2 settings = mipro().search(Search.tpe()).trialsInFlight(3);
    OptimizationReport whole = Contexts.of(improving).call(() -> settings.compile(task())).report();
    int before =
        (int) (whole.spend().lmCalls() - whole.spendByStage().get("search").lmCalls()) + 20;
    Thread caller = Thread.currentThread();
    AtomicInteger calls = new AtomicInteger();
    RuleModel model =
        RuleModel.of(
            prompt -> {
              calls.incrementAndGet();
              return ProposerRules.echo(prompt);
            },
            prompt -> {
              interruptAt(before + 90, calls, caller);
              return Tickets.rules(p -> p.demos().isEmpty() ? 0.2 : 0.9).apply(prompt);
            });

    OptimizationReport report =
        context(model, maxInFlight).call(() -> settings.compile(task())).report();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.finishReason()).isEqualTo(FinishReason.INTERRUPTED);
    assertThat(report.bestScore().orElseThrow().scoreMean())
        .isGreaterThan(report.baselineScore().orElseThrow().scoreMean());
    assertThat(report.spendByStage().get("search").lmCalls()).isGreaterThanOrEqualTo(90);
  }

  /** A search that throws when it is told of trials. */
  private record Faulty(Throwable error, int atTell) implements Search {
    @Override
    public String name() {
      return "faulty";
    }

    @Override
    public SearchRun start(SearchProblem problem, SearchBudget budget, RandomGenerator random) {
      SearchRun run = Search.tpe().start(problem, budget, random);
      AtomicInteger tells = new AtomicInteger();
      return new SearchRun() {
        @Override
        public List<EvaluationRequest> ask() {
          return run.ask();
        }

        @Override
        public void tell(List<EvaluationScores> scores) {
          run.tell(scores);
          if (tells.incrementAndGet() == atTell) {
            throw PaidWorkIsKeptTest.<RuntimeException>sneaky(error);
          }
        }

        @Override
        public ScoreTable scores() {
          return run.scores();
        }

        @Override
        public FinishReason finishReason() {
          return run.finishReason();
        }
      };
    }
  }

  @ParameterizedTest
  @MethodSource("anything")
  void aSearchThatThrowsAnythingLosesNothing(Throwable error) {
    MiproV2 optimizer = mipro().search(new Faulty(error, 4));

    var optimized = context(model(), 4).call(() -> optimizer.compile(task()));

    assertThat(optimized.report().finishReason()).isEqualTo(FinishReason.FAILED);
    assertThat(optimized.report().degraded()).isTrue();
    assertThat(optimized.report().notes())
        .anyMatch(
            note ->
                note.startsWith("The search ended before its time: ") && note.contains("a fault"));
    assertThat(told(OptimizerFinished.class)).isTrue();
  }

  @Test
  void anErrorBeforeAnythingIsKnownIsToldAndThrown() {
    Error error = new NoClassDefFoundError("a fault");
    OptimizationTask<Ticket, Route> task = task();
    MiproV2 optimizer =
        mipro()
            .search(
                new Search() {
                  @Override
                  public String name() {
                    return "broken";
                  }

                  @Override
                  public SearchRun start(
                      SearchProblem problem, SearchBudget budget, RandomGenerator random) {
                    throw PaidWorkIsKeptTest.<RuntimeException>sneaky(error);
                  }
                });

    assertThatThrownBy(() -> context(model(), 4).call(() -> optimizer.compile(task)))
        .isSameAs(error);
    assertThat(events.stream().filter(OptimizerFailed.class::isInstance))
        .singleElement()
        .isInstanceOfSatisfying(
            OptimizerFailed.class, failed -> assertThat(failed.error()).isSameAs(error));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aCredentialThatIsRefusedAfterTheBaselineGivesBackTheBestSoFar(int which) {
    Optimizer<?> optimizer =
        List.<Optimizer<?>>of(
                BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(6),
                Copro.defaults().breadth(4).depth(2),
                mipro())
            .get(which);
    AtomicInteger calls = new AtomicInteger();
    RuleModel revoked =
        RuleModel.of(
            ProposerRules::echo,
            prompt -> {
              if (calls.incrementAndGet() > 60) {
                throw new LmException.Unauthorized("key revoked", null);
              }
              return rules(prompt);
            });

    OptimizationReport report = context(revoked, 4).call(() -> optimizer.compile(task())).report();

    assertThat(report.finishReason()).isEqualTo(FinishReason.MODEL_UNAVAILABLE);
    assertThat(report.bestScore()).isPresent();
    assertThat(report.notes()).anyMatch(note -> note.contains("key revoked"));
  }
}
