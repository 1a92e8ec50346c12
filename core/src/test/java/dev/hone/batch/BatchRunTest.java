package dev.hone.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hone.InvalidInputException;
import dev.hone.batch.Snippets.Length;
import dev.hone.batch.Snippets.Snippet;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.context.MissingModelException;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import dev.hone.observe.Progress;
import dev.hone.pipeline.TestThreads;
import dev.hone.program.Program;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchRunTest {
  private static Dataset<Snippet, Length> texts(String... texts) {
    return Dataset.of(
        List.of(texts).stream()
            .map(text -> Example.<Snippet, Length>unlabelled(new Snippet(text)))
            .toList());
  }

  private static BatchResult<Snippet, Length> run(Dataset<Snippet, Length> dataset) {
    return Snippets.context(Snippets.model(), 4)
        .call(() -> BatchRun.of(Snippets.PROGRAM).run(dataset));
  }

  @Test
  void everyRowEndsAsAnsweredRefusedOrFailedInOrder() {
    BatchResult<Snippet, Length> result =
        run(texts("one", "refused", "three", "down", "garbled", "sixth"));

    assertThat(result.rows())
        .<Class<?>>extracting(Object::getClass)
        .containsExactly(
            BatchRow.Answered.class,
            BatchRow.Refused.class,
            BatchRow.Answered.class,
            BatchRow.Failed.class,
            BatchRow.Failed.class,
            BatchRow.Answered.class);
    assertThat(result.rows()).extracting(BatchRow::number).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(result.rows().get(0).output()).contains(new Length(3, "a \"note\", on one"));
    assertThat(result.rows().get(1).errorClass()).isEqualTo("ContentRefused");
    assertThat(result.rows().get(3).problem()).contains("The provider is down");
    assertThat(result.rows().get(4).errorClass()).isEqualTo("UnparsableReplyException");
    assertThat(result.rows().get(4).spend().lmCalls()).isGreaterThan(1);
    assertThat(result.report().errorsByClass())
        .containsOnlyKeys("ContentRefused", "Unavailable", "UnparsableReplyException");
    assertThat(result.report().rows()).isEqualTo(6);
    assertThat(result.report().table()).contains("row 4: The provider is down");
    assertThat(result.toString()).startsWith("6 rows: 3 answered, 1 refused, 2 failed; ");
    assertThat(result.table()).contains("refused", "sixth", "The replies to");
  }

  @Test
  void theAnsweredRowsAreADatasetWithTheirExtras() {
    Dataset<Snippet, Length> dataset =
        Dataset.of(
            List.of(
                Example.<Snippet, Length>unlabelled(new Snippet("a")).withExtra("id", 7),
                Example.<Snippet, Length>unlabelled(new Snippet("refused")),
                Example.of(new Snippet("bc"), new Length(99, "gold")).withExtra("id", 8)));

    Dataset<Snippet, Length> answered = run(dataset).answered();

    assertThat(answered.examples())
        .extracting(example -> example.expected().chars() + " " + example.extra("id").orElse(""))
        .containsExactly("1 7", "2 8");
  }

  @Test
  void aReplyThatTheFilterCutIsARefusal() {
    FakeModel model =
        FakeModel.responding(
            request ->
                FakeModel.reply("").toBuilder()
                    .stopReason(LmResponse.StopReason.CONTENT_FILTER)
                    .build());

    BatchResult<Snippet, Length> result =
        Snippets.context(model, 1).call(() -> BatchRun.of(Snippets.PROGRAM).run(texts("a")));

    assertThat(result.rows().get(0)).isInstanceOf(BatchRow.Refused.class);
  }

  @Test
  void whatAProgramThrowsOrReturnsCostsItsRowOnly() {
    Program<Snippet, Length> program =
        input ->
            switch (input.text()) {
              case "null" -> null;
              case "throws" -> throw new IllegalStateException("key=sk-123456789abc");
              case "error" -> throw new AssertionError("no");
              case "null part" -> new Length(1, null);
              default -> new Length(0, "");
            };

    BatchResult<Snippet, Length> result =
        BatchRun.of(program).run(texts("null", "throws", "error", "null part", "fine"));

    assertThat(result.report().failed()).isEqualTo(4);
    assertThat(result.report().answered()).isEqualTo(1);
    assertThat(result.rows().get(1).problem()).contains("[hidden]").doesNotContain("sk-1234");
    assertThat(result.rows().get(3).problem()).contains("note");
  }

  @Test
  void aLimitOfFailuresEndsItWithTheRowsSoFar() {
    Program<Snippet, Length> program =
        input -> {
          if (input.text().endsWith("3") || input.text().endsWith("7")) {
            throw new IllegalStateException("bad " + input.text());
          }
          return new Length(0, "");
        };

    for (int inFlight : List.of(1, 8)) {
      Throwable end =
          catchThrowable(
              () ->
                  Snippets.context(Snippets.model(), inFlight)
                      .run(() -> BatchRun.of(program).maxErrors(3).run(Snippets.of(100))));

      assertThat(end)
          .isInstanceOf(BatchFailedException.class)
          .hasMessageContainingAll(
              "4 of 18 rows failed", "maxErrors allows 3", "Row 18", "bad text 17")
          .hasRootCauseMessage("bad text 3");
      BatchFailedException failed = BatchFailedException.in(end).orElseThrow();
      assertThat(failed.rows()).hasSize(18);
      assertThat(failed.report().failed()).isEqualTo(4);
    }
    assertThat(BatchRun.of(program).maxErrors(20).run(Snippets.of(100)).report().failed())
        .isEqualTo(20);
  }

  @Test
  void aLimitOfTheShareCountsFromTheHundredthRow() {
    Program<Snippet, Length> program =
        input -> {
          if (Integer.parseInt(input.text().substring(5)) % 10 < 2) {
            throw new IllegalStateException("bad");
          }
          return new Length(0, "");
        };

    assertThatThrownBy(() -> BatchRun.of(program).maxErrorRate(0.1).run(Snippets.of(500)))
        .isInstanceOf(BatchFailedException.class)
        .hasMessageContainingAll("of 101 rows failed", "maxErrorRate allows 0.1");
    assertThat(BatchRun.of(program).maxErrorRate(0.25).run(Snippets.of(500)).report().failed())
        .isEqualTo(100);
  }

  @Test
  void noneOfTheFirstRowsAnsweredEndsItUnlessALimitIsSet() {
    FakeModel model = FakeModel.saying("no idea");
    Context context = Snippets.context(model, 2);

    Throwable end =
        catchThrowable(
            () -> context.run(() -> BatchRun.of(Snippets.PROGRAM).run(Snippets.of(500))));

    assertThat(end)
        .isInstanceOf(BatchFailedException.class)
        .hasMessageContainingAll("None of the first 20 rows was answered", "maxErrors");
    assertThat(
            context
                .call(() -> BatchRun.of(Snippets.PROGRAM).maxErrors(100).run(Snippets.of(50)))
                .report()
                .failed())
        .isEqualTo(50);
    assertThat(
            context
                .call(() -> BatchRun.of(Snippets.PROGRAM).run(Snippets.of(19)))
                .report()
                .failed())
        .isEqualTo(19);
  }

  @Test
  void whatEndsARunEndsABatchWithItsRows() {
    AtomicInteger calls = new AtomicInteger();
    FakeModel revoked =
        FakeModel.answering(
            request -> {
              if (calls.incrementAndGet() > 5) {
                throw new LmException.Unauthorized("The key is refused", null);
              }
              return FakeModel.chat("chars", "1", "note", "x");
            });

    Throwable refused =
        catchThrowable(
            () ->
                Snippets.context(revoked, 1)
                    .run(() -> BatchRun.of(Snippets.PROGRAM).run(Snippets.of(20))));
    Throwable spent =
        catchThrowable(
            () ->
                Snippets.context(Snippets.model(), 1).toBuilder()
                    .budget(Budget.ofCalls(7))
                    .build()
                    .run(() -> BatchRun.of(Snippets.PROGRAM).run(Snippets.of(20))));

    assertThat(refused).isInstanceOf(LmException.Unauthorized.class);
    assertThat(BatchFailedException.in(refused).orElseThrow().rows()).hasSize(5);
    assertThat(spent).isInstanceOf(LmException.BudgetExhausted.class);
    assertThat(BatchFailedException.in(spent).orElseThrow().rows()).hasSize(7);
    assertThatThrownBy(() -> BatchRun.of(Snippets.PROGRAM).run(Snippets.of(3)))
        .isInstanceOf(MissingModelException.class);
  }

  @Test
  void anInterruptEndsItAndNamesWhatGoesOn() throws Exception {
    TestThreads threads = new TestThreads();
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    Program<Snippet, Length> program =
        input -> {
          if (input.text().equals("text 5")) {
            stuck.countDown();
            while (released.getCount() > 0) {
              LockSupport.parkNanos(1_000_000);
            }
          }
          return new Length(0, "");
        };
    FutureTask<Throwable> caller =
        threads.start(
            () ->
                catchThrowable(
                    () ->
                        Snippets.context(Snippets.model(), 2)
                            .run(() -> BatchRun.of(program).run(Snippets.of(100_000)))));
    stuck.await();

    threads.thread(0).interrupt();
    Throwable end = caller.get();
    released.countDown();

    assertThat(end)
        .isInstanceOf(LmException.Interrupted.class)
        // the rows before it end, but the interrupt may find them not taken yet
        .hasMessageMatching("(?s)Interrupted after [0-5] rows? of 100000\\..*")
        .hasMessageContainingAll("left behind: row 6 (text 5)", "the program");
    assertThat(BatchFailedException.in(end).orElseThrow().rows()).hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void anInterruptBeforeTheFirstRowRunsNone() {
    Thread.currentThread().interrupt();

    Throwable end = catchThrowable(() -> BatchRun.of(Snippets.PROGRAM).run(Snippets.of(3)));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(end)
        .isInstanceOf(LmException.Interrupted.class)
        .hasMessageContaining("after 0 rows");
  }

  @Test
  void tellsListenersOfRowsWithinTheBatch() {
    List<Event> events = Collections.synchronizedList(new ArrayList<>());
    EventListener listener = (event, metadata) -> events.add(event);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    Snippets.context(Snippets.model(), 2)
        .run(
            () ->
                BatchRun.of(Snippets.PROGRAM)
                    .listener(listener)
                    .listener(Progress.to(new PrintStream(printed, true, StandardCharsets.UTF_8)))
                    .run(texts("one", "refused", "three")));

    List<BatchEvent.RowFinished> finished =
        events.stream()
            .filter(BatchEvent.RowFinished.class::isInstance)
            .map(BatchEvent.RowFinished.class::cast)
            .toList();
    assertThat(events.get(0)).isInstanceOf(BatchEvent.BatchStarted.class);
    assertThat(events.get(events.size() - 1)).isInstanceOf(BatchEvent.BatchFinished.class);
    assertThat(finished).hasSize(3);
    assertThat(finished).allMatch(event -> event.stamp().parentId() == events.get(0).stamp().id());
    // two threads tell of their rows: the last told need not be the last counted
    assertThat(finished).anyMatch(event -> event.headline().orElse("").contains("3 of 3"));
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("2 of 3 answered, 1 not");
  }

  @Test
  void aRowThatTheBatchEndsInHasAnEndToo() {
    List<Event> events = Collections.synchronizedList(new ArrayList<>());
    Context poor =
        Snippets.context(Snippets.model(), 2).toBuilder()
            .budget(Budget.ofCalls(2))
            .listener((event, metadata) -> events.add(event))
            .build();

    assertThatThrownBy(() -> poor.run(() -> BatchRun.of(Snippets.PROGRAM).run(Snippets.of(9))))
        .isInstanceOf(LmException.BudgetExhausted.class);

    List<BatchEvent> told =
        events.stream().filter(BatchEvent.class::isInstance).map(BatchEvent.class::cast).toList();
    for (BatchEvent event : told) {
      assertThat(told).filteredOn(each -> each.stamp().id() == event.stamp().id()).hasSize(2);
    }
    assertThat(told)
        .filteredOn(BatchEvent.RowUnfinished.class::isInstance)
        .isNotEmpty()
        .map(event -> ((BatchEvent.RowUnfinished) event).error())
        .hasOnlyElementsOfType(LmException.BudgetExhausted.class);
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    BatchRun<Snippet, Length> run = BatchRun.of(Snippets.PROGRAM);

    assertThatThrownBy(() -> run.maxInFlight(0)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> run.maxErrors(-1)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> run.maxErrorRate(1.5)).isInstanceOf(InvalidInputException.class);
  }
}
