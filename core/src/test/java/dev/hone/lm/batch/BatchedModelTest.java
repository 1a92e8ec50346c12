package dev.hone.lm.batch;

import static dev.hone.lm.batch.FakeBatches.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.lm.batch.BatchState.Phase;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.TrafficSettings;
import dev.hone.price.Price;
import dev.hone.price.PriceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchedModelTest {
  /** A batch is handed in when it is full, whatever the machine is busy with. */
  private static final BatchTiming WHEN_FULL =
      BatchTiming.defaults()
          .gathering(Duration.ofSeconds(50), Duration.ofSeconds(60))
          .looks(Duration.ofMillis(5), Duration.ofMillis(20));

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  private BatchedModel open(FakeBatches provider) {
    return BatchedModel.builder(provider).folder(folder).timing(WHEN_FULL).build();
  }

  private List<Future<LmResponse>> calls(BatchedModel model, int from, int to) {
    List<Future<LmResponse>> calls = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String text = "question " + i;
      calls.add(threads.submit(() -> model.call(request(text))));
    }
    return calls;
  }

  private static List<String> texts(List<Future<LmResponse>> calls) throws Exception {
    List<String> texts = new ArrayList<>();
    for (Future<LmResponse> call : calls) {
      texts.add(call.get().text());
    }
    return texts;
  }

  private static Throwable failure(Future<LmResponse> call) throws InterruptedException {
    try {
      throw new AssertionError("It was answered: " + call.get());
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  private List<Path> records() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  @Test
  void answersAllThatWaitByOneBatchEachWithItsReply() throws Exception {
    FakeBatches provider = new FakeBatches(20).ending(Phase.COMPLETED);

    try (BatchedModel model = open(provider)) {
      List<String> texts = texts(calls(model, 0, 20));

      assertThat(provider.sizes()).containsExactly(20);
      for (int i = 0; i < 20; i++) {
        assertThat(texts.get(i)).isEqualTo("question %d from b1", i);
      }
    }
  }

  @Test
  void handsInSeveralBatchesWhereOneTakesNoMore() throws Exception {
    FakeBatches provider = new FakeBatches(10).ending(Phase.COMPLETED);

    try (BatchedModel model = open(provider)) {
      texts(calls(model, 0, 40));
    }

    assertThat(provider.sizes()).containsExactly(10, 10, 10, 10);
  }

  @Test
  void holdsNoReplyThatWasTaken() throws Exception {
    FakeBatches provider = new FakeBatches(10).ending(Phase.COMPLETED);

    try (BatchedModel model = open(provider)) {
      texts(calls(model, 0, 20));

      for (int i = 0; i < 100 && provider.held() > 0; i++) {
        System.gc();
        Thread.sleep(20);
      }
      assertThat(provider.held()).isZero();
    }
  }

  @Test
  void handsInWhatThereIsAfterAQuietTime() throws Exception {
    FakeBatches provider = new FakeBatches(1_000).ending(Phase.COMPLETED);
    BatchTiming quick = WHEN_FULL.gathering(Duration.ofMillis(20), Duration.ofSeconds(1));

    try (BatchedModel model = BatchedModel.builder(provider).timing(quick).build()) {
      assertThat(model.call(request("alone")).text()).isEqualTo("alone from b1");
    }
  }

  @Test
  void paysNothingTwiceAfterAnInterrupt() throws Exception {
    FakeBatches provider = new FakeBatches(5);
    List<Future<LmResponse>> interrupted;
    try (BatchedModel model = open(provider)) {
      interrupted = calls(model, 0, 5);
      provider.awaitLook();
      assertThat(model.openBatches()).containsExactly("b1");
      threads.shutdownNow();
      assertThat(failure(interrupted.get(0)))
          .isInstanceOf(LmException.Interrupted.class)
          .hasMessageContaining("b1")
          .hasMessageContaining("goes on at the provider");
    }

    provider.ending(Phase.COMPLETED);
    ExecutorService later = Executors.newCachedThreadPool();
    try (BatchedModel again = open(provider)) {
      for (int i = 0; i < 5; i++) {
        String text = "question " + i;
        assertThat(later.submit(() -> again.call(request(text)).text()).get())
            .isEqualTo(text + " from b1");
      }
    } finally {
      later.shutdownNow();
    }
    assertThat(provider.sizes()).containsExactly(5);
  }

  private void handInAndDie(FakeBatches provider) throws InterruptedException {
    try (BatchedModel model = open(provider)) {
      calls(model, 0, 3);
      provider.awaitLook();
    }
  }

  /** As if the process had been killed before the provider's answer came. */
  private void forgetTheId() throws IOException {
    Path record = records().get(0);
    Files.writeString(record, Files.readString(record).replace("\"id\":\"b1\"", "\"id\":null"));
  }

  @Test
  void findsABatchThatWasHandedInByAProcessThatDidNotLiveToKnow() throws Exception {
    FakeBatches provider = new FakeBatches(3);
    handInAndDie(provider);
    forgetTheId();
    provider.ending(Phase.COMPLETED);

    try (BatchedModel again = open(provider)) {
      assertThat(again.call(request("question 1")).text()).isEqualTo("question 1 from b1");
    }

    assertThat(provider.sizes()).containsExactly(3);
  }

  @Test
  void handsInWhatNeverArrived() throws Exception {
    FakeBatches provider = new FakeBatches(3);
    handInAndDie(provider);
    forgetTheId();
    provider.forgetAll();
    provider.ending(Phase.COMPLETED);

    try (BatchedModel again = open(provider)) {
      assertThat(texts(calls(again, 0, 3))).allMatch(text -> text.endsWith("from b1"));
    }

    assertThat(provider.sizes()).containsExactly(3);
    assertThat(records()).hasSize(1);
  }

  @Test
  void looksForABatchBeforeItIsHandedInOnceMore() throws Exception {
    FakeBatches provider =
        new FakeBatches(3)
            .ending(Phase.COMPLETED)
            .failingSubmit(new LmException.TimedOut("the connection broke", null), true);

    try (BatchedModel model = open(provider)) {
      assertThat(texts(calls(model, 0, 3))).allMatch(text -> text.endsWith("from b1"));
    }

    assertThat(provider.sizes()).containsExactly(3);
  }

  @Test
  void triesAgainWhereTooMuchWasAsked() throws Exception {
    FakeBatches provider =
        new FakeBatches(2)
            .ending(Phase.COMPLETED)
            .failingSubmit(new LmException.RateLimited("later", null, null), false)
            .failingLook(new LmException.RateLimited("later", null, null))
            .failingLook(new LmException.Unavailable("later", null, null));
    List<BatchNotice> notices = new ArrayList<>();

    try (BatchedModel model =
        BatchedModel.builder(provider).timing(WHEN_FULL).listener(notices::add).build()) {
      assertThat(texts(calls(model, 0, 2))).hasSize(2);
    }

    assertThat(notices)
        .extracting(BatchNotice::kind)
        .startsWith(
            BatchNotice.Kind.TROUBLE,
            BatchNotice.Kind.SUBMITTED,
            BatchNotice.Kind.TROUBLE,
            BatchNotice.Kind.TROUBLE);
  }

  @Test
  @Timeout(60)
  void waitsNoLongerThanItsPatienceWhateverTheProviderAsksFor() throws Exception {
    LmException later = new LmException.RateLimited("later", Duration.ofHours(1), null);
    BatchTiming impatient = WHEN_FULL.patience(Duration.ofMillis(50));
    FakeBatches once = new FakeBatches(2).ending(Phase.COMPLETED).failingSubmit(later, false);
    FakeBatches twice = new FakeBatches(1).failingSubmit(later, false).failingSubmit(later, false);
    List<BatchNotice> notices = new ArrayList<>();

    try (BatchedModel model =
        BatchedModel.builder(once).timing(impatient).listener(notices::add).build()) {
      assertThat(texts(calls(model, 0, 2))).hasSize(2);
    }
    try (BatchedModel model = BatchedModel.builder(twice).timing(impatient).build()) {
      assertThat(failure(calls(model, 0, 1).get(0))).isSameAs(later);
    }

    assertThat(notices.get(0).kind()).isEqualTo(BatchNotice.Kind.TROUBLE);
    assertThat(notices.get(0).nextLook()).isLessThanOrEqualTo(Duration.ofMillis(50));
  }

  @Test
  void failsAllCallsOfABatchThatIsRefused() throws Exception {
    FakeBatches provider =
        new FakeBatches(2).failingSubmit(new LmException.Unauthorized("wrong key", null), false);

    try (BatchedModel model = open(provider)) {
      for (Future<LmResponse> call : calls(model, 0, 2)) {
        assertThat(failure(call)).isInstanceOf(LmException.Unauthorized.class);
      }
    }

    assertThat(records()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Phase.class, names = "RUNNING", mode = EnumSource.Mode.EXCLUDE)
  void saysOfARequestWithoutAnAnswerWhyThereIsNone(Phase end) throws Exception {
    FakeBatches provider = new FakeBatches(2).ending(end).answering(0);

    try (BatchedModel model = open(provider)) {
      Class<? extends LmException> expected =
          switch (end) {
            case EXPIRED -> LmException.TimedOut.class;
            case CANCELLED -> LmException.Vetoed.class;
            case FAILED -> LmException.InvalidRequest.class;
            default -> LmException.Unavailable.class;
          };
      for (Future<LmResponse> call : calls(model, 0, 2)) {
        assertThat(failure(call)).isInstanceOf(expected);
      }
    }
  }

  @Test
  void givesEqualCallsThatWerePaidForTwiceBothRepliesInTheSameOrder() throws Exception {
    FakeBatches provider = new FakeBatches(1).ending(Phase.COMPLETED);
    try (BatchedModel model = open(provider)) {
      assertThat(model.call(request("same")).text()).isEqualTo("same from b1");
      assertThat(model.call(request("same")).text()).isEqualTo("same from b2");
    }

    try (BatchedModel again = open(provider)) {
      assertThat(again.call(request("same")).text()).isEqualTo("same from b1");
      assertThat(again.call(request("same")).text()).isEqualTo("same from b2");
    }

    assertThat(provider.sizes()).containsExactly(1, 1);
  }

  @Test
  void asksAgainWhereTheProviderForgotABatchOfAnEarlierProcess() throws Exception {
    FakeBatches provider = new FakeBatches(3);
    handInAndDie(provider);
    provider.forgetAll();
    provider.ending(Phase.COMPLETED);

    try (BatchedModel again = open(provider)) {
      assertThat(texts(calls(again, 0, 3))).hasSize(3);
    }
  }

  @Test
  void aBatchThatCannotBeFoundForAWhileIsNotPaidForAgain() throws Exception {
    FakeBatches provider = new FakeBatches(3).ending(Phase.COMPLETED).hiding(4);

    try (BatchedModel model = open(provider)) {
      assertThat(texts(calls(model, 0, 3))).allMatch(text -> text.endsWith("from b1"));
    }

    assertThat(provider.sizes()).containsExactly(3);
  }

  @Test
  void oneOfAnEarlierProcessThatIsFoundAtTheThirdLookIsNotPaidForAgain() throws Exception {
    FakeBatches provider = new FakeBatches(3);
    handInAndDie(provider);
    provider.ending(Phase.COMPLETED).hiding(2);

    try (BatchedModel again = open(provider)) {
      assertThat(texts(calls(again, 0, 3))).allMatch(text -> text.endsWith("from b1"));
    }

    assertThat(provider.sizes()).containsExactly(3);
  }

  @Test
  void aCallThatWasInterruptedBeforeItWasHandedInIsHandedInWhenItComesAgain() throws Exception {
    CountDownLatch submitting = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    FakeBatches provider =
        new FakeBatches(2)
            .ending(Phase.COMPLETED)
            .failingSubmit(new LmException.RateLimited("later", null, null), false)
            .submittingSlowly(submitting, goOn);
    try (BatchedModel model = open(provider)) {
      Thread interrupted =
          new Thread(() -> assertThatThrownBy(() -> model.call(request("question 1"))));
      interrupted.start();
      List<Future<LmResponse>> other = calls(model, 0, 1);
      submitting.await();
      interrupted.interrupt();
      interrupted.join();
      goOn.countDown();

      assertThat(texts(other)).containsExactly("question 0 from b1");
      assertThat(texts(calls(model, 1, 3)))
          .containsExactly("question 1 from b2", "question 2 from b2");
    }
    try (BatchedModel again = open(provider)) {
      assertThat(texts(calls(again, 0, 3)))
          .containsExactly("question 0 from b1", "question 1 from b2", "question 2 from b2");
    }

    assertThat(provider.sizes()).containsExactly(1, 2);
  }

  @Test
  void whatIsBeingHandedInIsNotedBeforeTheFolderIsFree() throws Exception {
    CountDownLatch submitting = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    FakeBatches provider = new FakeBatches(2).submittingSlowly(submitting, goOn);
    BatchedModel model = open(provider);
    calls(model, 0, 2);
    submitting.await();

    Thread closing = new Thread(model::close);
    closing.start();
    while (closing.getState() != Thread.State.TIMED_WAITING) {
      assertThat(closing.isAlive()).as("close waits for the submission").isTrue();
    }
    goOn.countDown();
    closing.join();

    assertThat(model.openBatches()).containsExactly("b1");
    assertThat(Files.readString(records().get(0))).contains("\"b1\"");
  }

  @Test
  void costsHalfWhereTheTableSaysSo() {
    FakeBatches provider = new FakeBatches(1).ending(Phase.COMPLETED);
    PriceTable prices =
        PriceTable.empty()
            .with("openai:fake", Price.perMillionTokens(2, 8))
            .withBatchFactor("openai", 0.5);
    Budget budget = Budget.ofMoney(100);

    try (BatchedModel model = open(provider)) {
      Context context = Context.builder().lm(model).prices(prices).budget(budget).build();
      context.call(() -> Context.current().callModel(request("question")));
    }

    assertThat(budget.spentMoney().leastUsd()).isEqualByComparingTo("5");
    assertThat(prices.of(provider).orElseThrow().output()).isEqualByComparingTo("8");
  }

  @Test
  void waitsLongerThanTimesForSingleCallsAllow() throws Exception {
    FakeBatches provider = new FakeBatches(1);

    try (BatchedModel model = open(provider)) {
      LmPipeline pipeline =
          LmPipeline.builder(model)
              .traffic(TrafficSettings.defaults().deadline(Duration.ofMillis(20)))
              .build();
      assertThat(pipeline.maxInFlight()).isEqualTo(LmPipeline.BATCHED_MAX_IN_FLIGHT);
      Callable<String> call = () -> pipeline.call(request("slow")).text();
      Future<String> answer = threads.submit(call);
      for (int i = 0; i < 10; i++) {
        provider.awaitLook();
      }
      provider.ending(Phase.COMPLETED);

      assertThat(answer.get()).isEqualTo("slow from b1");
    }
  }

  @Test
  void refusesAModelWithoutBatchesAndAFolderInUse() {
    assertThatThrownBy(() -> BatchedModel.of(FakeModel.answering(request -> "no")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has no batch API. Maybe ");
    try (BatchedModel model = open(new FakeBatches(1))) {
      assertThat(model.isBatched()).isTrue();
      assertThatThrownBy(() -> open(new FakeBatches(1)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("in use by another process");
    }
  }
}
