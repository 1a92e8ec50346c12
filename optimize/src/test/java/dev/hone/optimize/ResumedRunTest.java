package dev.hone.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.InvalidInputException;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.context.LmEvent;
import dev.hone.lm.LmException;
import dev.hone.optimize.fake.CountingModel;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.randomsearch.BootstrapFewShotWithRandomSearch;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.price.Price;
import dev.hone.price.PriceTable;
import dev.hone.testkit.FlakyModel;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run with a journal costs and tells, beyond the replies. */
class ResumedRunTest {
  private static final Price PRICE = Price.perMillionTokens(0.4, 1.6);

  @TempDir private Path folder;

  private final OptimizationTask<Ticket, Route> task =
      OptimizationTask.of(new Tickets.Router(), Tickets.data(0, 20, "quartz"), Tickets.metric());

  private static RuleModel rules() {
    return RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.8));
  }

  /** All runs together pay what an unbroken one pays, and none of them more than its limit. */
  @Test
  void aBudgetInMoneyHoldsOverAllTimesThatARunIsResumed() {
    Optimizer<?> search = BootstrapFewShotWithRandomSearch.defaults().candidatePrograms(2);
    CountingModel whole = new CountingModel(rules());
    priced(whole, Budget.unlimited()).call(() -> search.compile(task));
    double cost = PRICE.of(whole.usage()).leastUsd().doubleValue();
    Optimizer<?> journaled = search.journal(folder);
    BigDecimal paid = BigDecimal.ZERO;

    for (double share = 0.2; share < 1; share += 0.2) {
      CountingModel model = new CountingModel(rules());
      try {
        priced(model, Budget.ofMoney(share * cost)).call(() -> journaled.compile(task));
      } catch (LmException.BudgetExhausted | InvalidInputException e) {
        assertThat(e).hasMessageContaining("budget");
      }
      paid = paid.add(PRICE.of(model.usage()).leastUsd());
      assertThat(paid.doubleValue()).isLessThanOrEqualTo(1.1 * share * cost);
    }
    CountingModel last = new CountingModel(rules());
    priced(last, Budget.unlimited()).call(() -> journaled.compile(task));

    paid = paid.add(PRICE.of(last.usage()).leastUsd());
    assertThat(paid).isEqualByComparingTo(PRICE.of(whole.usage()).leastUsd());
  }

  private static Context priced(CountingModel model, Budget budget) {
    return Context.builder()
        .lm(LmPipeline.builder(model).noCache().maxInFlight(2).build())
        .prices(PriceTable.empty().with("rules", PRICE))
        .budget(budget)
        .build();
  }

  @Test
  void aRunWithAJournalSaysWhatItWaitsForToo() {
    FlakyModel away =
        FlakyModel.failingBy(
            rules(),
            (request, attempt) ->
                attempt <= 12
                    ? Optional.of(new LmException.Unavailable("maintenance", null, null))
                    : Optional.empty());
    RetrySettings waiting =
        RetrySettings.defaults()
            .withDelays(Duration.ZERO, Duration.ZERO)
            .withOutageTime(Duration.ofMinutes(5));
    Queue<LmEvent.OutageWait> waits = new ConcurrentLinkedQueue<>();
    Context context =
        Context.builder()
            .lm(LmPipeline.builder(away).noCache().retry(waiting).maxInFlight(1).build())
            .listener(
                (event, metadata) -> {
                  if (event instanceof LmEvent.OutageWait wait) {
                    waits.add(wait);
                  }
                })
            .build();

    var found = context.call(() -> BootstrapFewShot.defaults().journal(folder).compile(task));

    assertThat(found.compiled().state().of("route").demos()).isNotEmpty();
    assertThat(waits)
        .isNotEmpty()
        .allSatisfy(wait -> assertThat(wait.error()).hasMessageContaining("maintenance"));
  }
}
