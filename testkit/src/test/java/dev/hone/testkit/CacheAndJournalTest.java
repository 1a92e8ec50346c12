package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reply cache and a journal that core does not know, put in from another module: the cache is
 * outside of the retry, the retry outside of the journal, and the budget counts attempts.
 */
class CacheAndJournalTest {
  private static final LmRequest ASKED = LmRequest.of(LmMessage.user("How are you?"));

  @TempDir private Path folder;

  private final ScriptedModel model = ScriptedModel.answering(request -> "fine");
  private final FlakyModel failsOnce =
      FlakyModel.failingFirst(
          1, model, () -> new LmException.Unavailable("busy", Duration.ZERO, null));

  private Context context(LanguageModel provider, Budget budget) {
    LmPipeline pipeline =
        LmPipeline.builder(provider)
            .cache(new FolderCache(folder))
            .retry(RetrySettings.defaults().withDelays(Duration.ZERO, Duration.ZERO))
            .build();
    return Context.builder().lm(pipeline).budget(budget).build();
  }

  @Test
  void theJournalSeesEveryAttemptAndTheBudgetCountsIt() {
    JournalingModel journal = new JournalingModel(failsOnce, List.of());
    Budget budget = Budget.ofCalls(10);

    String text = context(journal, budget).callModel(ASKED).text();

    assertThat(text).isEqualTo("fine");
    assertThat(journal.entries()).extracting(JournalingModel.Entry::request).containsOnly(ASKED);
    assertThat(journal.entries().get(0).error()).isInstanceOf(LmException.Unavailable.class);
    assertThat(journal.entries().get(1).reply().text()).isEqualTo("fine");
    assertThat(journal.entries()).hasSize(2);
    assertThat(budget.spentCalls()).isEqualTo(2);
  }

  @Test
  void theBudgetStopsTheRetryThatItDoesNotCover() {
    JournalingModel journal = new JournalingModel(failsOnce, List.of());

    assertThatThrownBy(() -> context(journal, Budget.ofCalls(1)).callModel(ASKED))
        .isInstanceOf(LmException.BudgetExhausted.class);

    assertThat(journal.entries()).hasSize(1);
    assertThat(model.calls()).isZero();
  }

  @Test
  void whatTheCacheAnswersReachesNeitherJournalNorBudget() {
    context(model, Budget.unlimited()).callModel(ASKED);
    JournalingModel journal = new JournalingModel(failsOnce, List.of());
    Budget nothing = Budget.ofCalls(0);

    var reply = context(journal, nothing).callModel(ASKED);

    assertThat(reply.text()).isEqualTo("fine");
    assertThat(reply.cached()).isTrue();
    assertThat(journal.entries()).isEmpty();
    assertThat(nothing.spentCalls()).isZero();
  }

  @Test
  void theJournalReplaysTheAttemptsOfAnEarlierRunWithoutTheModel(@TempDir Path other) {
    JournalingModel first = new JournalingModel(failsOnce, List.of());
    context(first, Budget.unlimited()).callModel(ASKED);
    ScriptedModel unreachable = ScriptedModel.inOrder();
    JournalingModel replay = new JournalingModel(unreachable.withId(first.id()), first.entries());
    LmPipeline pipeline =
        LmPipeline.builder(replay)
            .cache(new FolderCache(other))
            .retry(RetrySettings.defaults().withDelays(Duration.ZERO, Duration.ZERO))
            .build();

    String text = Context.builder().lm(pipeline).build().callModel(ASKED).text();

    assertThat(text).isEqualTo("fine");
    assertThat(replay.entries()).isEqualTo(first.entries());
    assertThat(unreachable.calls()).isZero();
  }
}
