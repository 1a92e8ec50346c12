package dev.hone.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.InvalidInputException;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.context.LmEvent;
import dev.hone.context.Spend;
import dev.hone.data.Dataset;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmUsage;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.observe.Event;
import dev.hone.optimize.copro.Copro;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.CountingModel;
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
import dev.hone.optimize.search.Search;
import dev.hone.price.Price;
import dev.hone.price.PriceTable;
import dev.hone.random.RandomSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random budgets on a model that counts what it is asked. {@code -Dhone.budgets=200} draws as many
 * for each optimizer, and {@code -Dhone.budgets.table=FILE} appends a line on each to a file.
 */
class RandomBudgetsTest {
  private static final int IN_FLIGHT = 4;
  private static final Price PRICE = Price.perMillionTokens(0.4, 1.6);
  private static final Dataset<Ticket, Route> TRAINSET = Tickets.data(0, 40, "quartz");
  private static final Metric<Ticket, Route> JUDGED =
      (example, actual, context) -> {
        Context.current().ask(CountingModel.JUDGE, example.input().text());
        return Score.of(actual.equals(example.expected()));
      };

  private record Case(
      String name, Optimizer<?> optimizer, Metric<Ticket, Route> metric, boolean teacher) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> all() {
    MiproV2 mipro = MiproV2.light().trials(6).seed(1);
    return Stream.of(
        plain("LabeledFewShot", LabeledFewShot.defaults()),
        plain("BootstrapFewShot", BootstrapFewShot.defaults().maxBootstrappedDemos(30)),
        new Case(
            "BootstrapFewShot, teacher",
            BootstrapFewShot.defaults().maxBootstrappedDemos(30),
            Tickets.metric(),
            true),
        plain("RandomSearch", BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(3)),
        plain("KnnFewShot", KnnFewShot.defaults()),
        plain("Copro", Copro.defaults().breadth(3).depth(2)),
        plain("MiproV2, race", mipro),
        plain("MiproV2, TPE", mipro.search(Search.tpe())),
        plain("MiproV2, random", mipro.search(Search.random())),
        new Case("MiproV2, TPE, judge and teacher", mipro.search(Search.tpe()), JUDGED, true));
  }

  private static Case plain(String name, Optimizer<?> optimizer) {
    return new Case(name, optimizer, Tickets.metric(), false);
  }

  /** One run with its model, the events of its attempts, and how it ended. */
  private static final class Play {
    final CountingModel model =
        new CountingModel(
            RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.8)));
    final Map<Long, LmUsage> reserved = new ConcurrentHashMap<>();
    final Queue<LmUsage[]> attempts = new ConcurrentLinkedQueue<>();
    final Context context;
    OptimizationPlan plan;
    OptimizationReport report;
    String end;

    Play(Case of, Budget budget, Integer maxTokens) {
      context =
          Contexts.of(model, IN_FLIGHT).toBuilder()
              .embedder(OptimizerContractTest.LENGTHS)
              .prices(PriceTable.empty().with("rules", PRICE))
              .options(LmOptions.defaults().withMaxTokens(maxTokens))
              .budget(budget)
              .listener((event, metadata) -> take(event))
              .build();
      OptimizationTask<Ticket, Route> task =
          OptimizationTask.of(new Tickets.Router(), TRAINSET, of.metric());
      OptimizationTask<Ticket, Route> taught =
          of.teacher() ? task.withTeacher(Teacher.on(Contexts.bare(model, IN_FLIGHT))) : task;
      plan = context.call(() -> of.optimizer().plan(taught));
      assertThat(model.calls()).isZero();
      try {
        report = context.call(() -> of.optimizer().compile(taught)).report();
        end = report.finishReason().name();
      } catch (InvalidInputException e) {
        end = "REFUSED";
      } catch (LmException.BudgetExhausted e) {
        end = "SPENT_BEFORE_A_RESULT";
      }
    }

    private void take(Event event) {
      if (event instanceof LmEvent.AttemptStarted started) {
        reserved.put(started.stamp().id(), started.reserved());
      } else if (event instanceof LmEvent.AttemptAnswered answered) {
        attempts.add(
            new LmUsage[] {reserved.get(answered.stamp().id()), answered.response().usage()});
      }
    }

    BigDecimal usd() {
      return PRICE.of(model.usage()).leastUsd();
    }

    /** The largest errors of reservations, of as many attempts as may be in flight at the end. */
    BigDecimal largestErrors(Function<LmUsage, BigDecimal> cost) {
      return attempts.stream()
          .map(pair -> cost.apply(pair[1]).subtract(cost.apply(pair[0])).max(BigDecimal.ZERO))
          .sorted(Comparator.reverseOrder())
          .limit(2L * IN_FLIGHT)
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  private static BigDecimal tokens(LmUsage usage) {
    return BigDecimal.valueOf(usage.totalTokens());
  }

  private static BigDecimal money(LmUsage usage) {
    return PRICE.of(usage).leastUsd();
  }

  @ParameterizedTest
  @MethodSource("all")
  void holdsInCallsTokensAndMoneyAndIsReportedAsItWasCounted(Case of) {
    Play whole = new Play(of, Budget.unlimited(), null);
    checkReport(of, whole);
    RandomGenerator random = new RandomSource(15).of(of.name());
    double tokensOver = 0;
    double moneyOver = 0;
    Map<String, Integer> ends = new TreeMap<>();
    int count = Integer.getInteger("hone.budgets", 6);
    for (int i = 0; i < count; i++) {
      double share = 1.1 * random.nextDouble();
      Integer maxTokens = random.nextBoolean() ? 45 : null;
      int kind = i % 3;
      Play play;
      if (kind == 0) {
        long limit = Math.round(share * whole.model.calls());
        play = new Play(of, Budget.ofCalls(limit), maxTokens);
        assertThat(play.model.calls()).as("calls of " + limit).isLessThanOrEqualTo(limit);
      } else if (kind == 1) {
        long limit = Math.round(share * whole.model.usage().totalTokens());
        play = new Play(of, Budget.ofTokens(limit), maxTokens);
        BigDecimal over = tokens(play.model.usage()).subtract(BigDecimal.valueOf(limit));
        assertThat(over)
            .as("tokens of " + limit)
            .isLessThanOrEqualTo(play.largestErrors(RandomBudgetsTest::tokens));
        tokensOver = Math.max(tokensOver, over.doubleValue());
      } else {
        double limit = share * whole.usd().doubleValue();
        play = new Play(of, Budget.ofMoney(limit), maxTokens);
        BigDecimal over = play.usd().subtract(BigDecimal.valueOf(limit));
        assertThat(over)
            .as("dollars of " + limit)
            .isLessThanOrEqualTo(play.largestErrors(RandomBudgetsTest::money));
        moneyOver = Math.max(moneyOver, limit == 0 ? 0 : over.doubleValue() / limit);
      }
      checkReport(of, play);
      ends.merge(play.end, 1, Integer::sum);
    }
    record(
        "%s | %d | %d calls, %d tokens, $%.4f | %.0f tokens | %.2f %% | %s"
            .formatted(
                of.name(),
                count,
                whole.model.calls(),
                whole.model.usage().totalTokens(),
                whole.usd().doubleValue(),
                tokensOver,
                100 * moneyOver,
                ends));
  }

  private static void checkReport(Case of, Play play) {
    if (play.end.equals("REFUSED")) {
      assertThat(play.model.calls()).isZero();
    }
    long calls = play.model.calls() - play.model.judged();
    assertThat(calls).as(play.plan.toString()).isLessThanOrEqualTo(play.plan.maxCalls());
    if (of.metric() != JUDGED) {
      assertThat(play.model.usage().totalTokens()).isLessThanOrEqualTo(play.plan.maxTokens());
      assertThat(play.usd()).isLessThanOrEqualTo(play.plan.maxMoney().leastUsd());
    }
    if (play.report == null) {
      return;
    }
    assertThat(play.report.spend())
        .isEqualTo(
            Spend.of(play.model.calls(), 0, play.model.usage())
                .withMoney(PRICE.of(play.model.usage())));
    assertThat(play.report.spendByModel().values().stream().reduce(Spend.NONE, Spend::plus))
        .isEqualTo(play.report.spend());
    assertThat(play.context.budget().spentCalls()).isEqualTo(play.model.calls());
    assertThat(play.context.budget().spentTokens()).isEqualTo(play.model.usage().totalTokens());
    assertThat(play.context.budget().spentMoney()).isEqualTo(play.report.spend().money());
    if (play.report.finishReason() != FinishReason.BUDGET_SPENT) {
      checkStages(of, play);
    }
  }

  /** A run that went its full course kept to the bounds of each of its stages. */
  private static void checkStages(Case of, Play play) {
    assertThat(play.model.calls()).isGreaterThanOrEqualTo(play.plan.minCalls());
    assertThat(play.model.usage().totalTokens()).isGreaterThanOrEqualTo(play.plan.minTokens());
    assertThat(play.usd()).isGreaterThanOrEqualTo(play.plan.minMoney().leastUsd());
    for (PlannedStage stage : play.plan.stages()) {
      Spend spend = play.report.spendByStage().getOrDefault(stage.name(), Spend.NONE);
      assertThat(spend.lmCalls()).as(stage.toString()).isGreaterThanOrEqualTo(stage.minCalls());
      if (of.metric() != JUDGED) {
        assertThat(spend.lmCalls()).as(stage.toString()).isLessThanOrEqualTo(stage.maxCalls());
        assertThat(spend.usage().totalTokens()).isBetween(stage.minTokens(), stage.maxTokens());
      }
    }
  }

  private static void record(String line) {
    String file = System.getProperty("hone.budgets.table");
    if (file != null) {
      try {
        Files.write(
            Path.of(file), List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
