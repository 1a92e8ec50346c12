package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.evaluate.EvaluationFailedException;
import dev.hone.metric.Metric;
import dev.hone.metric.RunTrace;
import dev.hone.metric.Score;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.search.Search;
import dev.hone.optimize.search.racing.RacingSearch;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Examples that a metric cannot score are data, whatever the size of the evaluation. */
class MiproV2UnscoredTest {
  private final RuleModel model =
      RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.9));

  static Stream<Arguments> searches() {
    return Stream.of(
        Arguments.of("racing", Trial.small().search(RacingSearch.defaults().wholeValset(true))),
        Arguments.of("racing by one", Trial.small().search(racing(1))),
        Arguments.of("racing, 4 in flight", Trial.small().search(racing(3)).trialsInFlight(4)),
        Arguments.of("tpe", Trial.small()),
        Arguments.of("tpe by one", Trial.minibatches().minibatchSize(1).fullEvaluationSteps(4)),
        Arguments.of(
            "random by two", Trial.minibatches().search(Search.random()).minibatchSize(2)));
  }

  private static Search racing(int blockSize) {
    return RacingSearch.defaults().wholeValset(true).blockSize(blockSize);
  }

  private static Metric<Ticket, Route> failingOn(int modulus, int below, Predicate<RunTrace> when) {
    return (example, actual, context) -> {
      boolean row = Tickets.number(example.input().text()) % modulus < below;
      if (row && when.test(context)) {
        throw new IllegalStateException("cannot be scored");
      }
      return Score.of(actual.equals(example.expected()));
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("searches")
  void leavesOutRowsThatTheMetricFailsOn(String name, MiproV2 settings) {
    Metric<Ticket, Route> partial = failingOn(5, 2, context -> true);

    MiproV2Report report =
        Trial.run(Contexts.of(model), settings, Trial.task(new Tickets.Router(), partial)).report();

    assertThat(report.baseline().examples()).isEqualTo(24);
    assertThat(report.best().examples()).isEqualTo(24);
    assertThat(report.improved()).isTrue();
    assertThat(report.notes()).anyMatch(p -> p.contains("no score on 16 of 40 examples"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("searches")
  void stopsWithTheCauseWhenNothingCanBeScored(String name, MiproV2 settings) {
    Metric<Ticket, Route> broken =
        failingOn(1, 1, context -> context.purpose() == RunTrace.Purpose.EVALUATE);

    assertThatThrownBy(
            () -> Trial.run(Contexts.of(model), settings, Trial.task(new Tickets.Router(), broken)))
        .isInstanceOf(EvaluationFailedException.class)
        .hasMessageContaining("cannot be scored");
    assertThat(Trial.inTrials(model)).hasSizeLessThanOrEqualTo(40);
  }
}
