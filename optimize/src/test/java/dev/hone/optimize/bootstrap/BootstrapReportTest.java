package dev.hone.optimize.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.adapter.Demo;
import dev.hone.context.CallBudget;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.evaluate.Metric;
import dev.hone.lm.LmException;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import org.junit.jupiter.api.Test;

class BootstrapReportTest {
  private static final BootstrapSettings ALL =
      BootstrapSettings.defaults().withMaxBootstrappedDemos(30).withMaxLabeledDemos(0);

  private final Dataset<Ticket, Route> trainset = Tickets.data(0, 30, "quartz");

  private Optimized<Ticket, Route, BootstrapReport> compile(
      double skill, CallBudget budget, Metric<Ticket, Route> metric) {
    Context context =
        Contexts.of(new RuleModel("m", Tickets.rules(p -> skill))).toBuilder()
            .budget(budget)
            .build();
    return context.call(
        () ->
            BootstrapFewShot.defaults()
                .withSettings(ALL)
                .compile(new Tickets.Router(), trainset, metric));
  }

  @Test
  void keepsWhatWasBootstrappedWhenTheBudgetEnds() {
    var optimized = compile(1, CallBudget.ofCalls(11), Tickets.metric());

    assertThat(optimized.compiled().state().of("route").demos())
        .hasSize(11)
        .allMatch(demo -> demo.origin() == Demo.Origin.BOOTSTRAPPED);
    assertThat(optimized.report().warnings())
        .containsExactly(
            "The budget ended bootstrapping after 11 teacher runs, 11 of them successful: "
                + "The budget of 11 model calls is spent. Maybe raise it.");
  }

  @Test
  void throwsWhenTheBudgetEndsBeforeARunSucceeded() {
    assertThatThrownBy(() -> compile(0, CallBudget.ofCalls(11), Tickets.metric()))
        .isInstanceOf(LmException.BudgetExhausted.class);
  }
}
