package dev.hone.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hone.batch.Snippets.Length;
import dev.hone.batch.Snippets.Snippet;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.data.Source;
import dev.hone.data.format.FileFormat;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.row.RowsSetAside;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row that is paid for is not lost, even if an earlier one could not be paid any more. */
@Timeout(60)
class BatchSetAsideTest {
  private static final int ROWS = 40;
  private static final int BUDGET = 10;
  private static final String LATE = "text 2";

  private enum Kind {
    JSONL,
    CSV,
    BESIDE_CSV
  }

  @TempDir private Path folder;

  private final AtomicInteger calls = new AtomicInteger();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final CountDownLatch spent = new CountDownLatch(BUDGET);
  private final CountDownLatch firstTwo = new CountDownLatch(2);

  private final LanguageModel model =
      FakeModel.answering(
          request -> {
            String text = Snippets.asked(request);
            calls.incrementAndGet();
            asked.add(text);
            spent.countDown();
            return FakeModel.chat("chars", String.valueOf(text.length()), "note", "of " + text);
          });

  /** The third row asks only when the others have spent the budget. */
  private Program<Snippet, Length> lateThird(Predict<Snippet, Length> predict) {
    return new LateThird(predict, spent, firstTwo);
  }

  private record LateThird(
      Predict<Snippet, Length> predict, CountDownLatch spent, CountDownLatch firstTwo)
      implements Program<Snippet, Length> {
    @Override
    public Length run(Snippet input) {
      boolean first = input.text().equals("text 0") || input.text().equals("text 1");
      try {
        if (input.text().equals(LATE)) {
          spent.await();
        } else if (!first) {
          firstTwo.await();
        }
        return predict.run(input);
      } catch (InterruptedException e) {
        throw new LmException.Interrupted("Interrupted while waiting", e);
      } finally {
        if (first) {
          firstTwo.countDown();
        }
      }
    }
  }

  private Path in(Kind kind) throws IOException {
    StringBuilder text = new StringBuilder(kind == Kind.JSONL ? "" : "text\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(kind == Kind.JSONL ? "{\"text\": \"text " + i + "\"}" : "text " + i).append('\n');
    }
    return Files.writeString(folder.resolve("in"), text);
  }

  private static BatchReport answer(
      Context context, Program<Snippet, Length> program, Kind kind, Path in, Path out) {
    BatchRun<Snippet, Length> run = BatchRun.of(program);
    return context.call(
        () ->
            switch (kind) {
              case JSONL -> run.runJsonl(in, out, Snippet.class, Length.class);
              case CSV -> run.runCsv(in, out, Snippet.class, Length.class);
              case BESIDE_CSV ->
                  run.answer(
                      RowsToAnswer.of(in, FileFormat.csv(), Snippets.PROGRAM.signature()), out);
            });
  }

  private Context limited() {
    return Snippets.context(model, 4).toBuilder().budget(Budget.ofCalls(BUDGET)).build();
  }

  private Throwable spend(Program<Snippet, Length> program, Kind kind, Path in, Path out) {
    return catchThrowable(() -> answer(limited(), program, kind, in, out));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatWasPaidBehindTheRowThatCouldNotBeIsTakenByTheNextRun(Kind kind) throws Exception {
    Path in = in(kind);
    Path out = folder.resolve("out");
    Path whole = folder.resolve("whole");

    Throwable end = spend(lateThird(Snippets.PROGRAM), kind, in, out);

    assertThat(end).isInstanceOf(LmException.BudgetExhausted.class);
    BatchReport report = BatchFailedException.in(end).orElseThrow().report();
    assertThat(report.rows()).isEqualTo(2);
    assertThat(report.setAside()).isEqualTo(BUDGET - 2);
    assertThat(report.spend().lmCalls()).isEqualTo(BUDGET);
    assertThat(calls).hasValue(BUDGET);

    BatchReport second =
        answer(Snippets.context(model, 4), lateThird(Snippets.PROGRAM), kind, in, out);

    assertThat(calls).hasValue(ROWS);
    assertThat(second.answered()).isEqualTo(ROWS);
    assertThat(second.kept()).isEqualTo(BUDGET);
    assertThat(second.spend().lmCalls()).isEqualTo(ROWS - BUDGET);
    assertThat(RowsSetAside.beside(out)).doesNotExist();
    answer(Snippets.context(model, 4), lateThird(Snippets.PROGRAM), kind, in, whole);
    assertThat(out).hasSameBinaryContentAs(whole);
  }

  @Test
  void severalRunsOfSmallBudgetsPayEachRowOnce() throws Exception {
    Path in = in(Kind.JSONL);
    Path out = folder.resolve("out");
    Program<Snippet, Length> program = lateThird(Snippets.PROGRAM);

    int runs = 0;
    for (Throwable end = spend(program, Kind.JSONL, in, out); end != null; runs++) {
      assertThat(end).isInstanceOf(LmException.BudgetExhausted.class);
      end = spend(program, Kind.JSONL, in, out);
    }

    assertThat(calls).hasValue(ROWS);
    assertThat(runs).isEqualTo(ROWS / BUDGET - 1);
    assertThat(Files.readAllLines(out)).hasSize(ROWS);
    assertThat(RowsSetAside.beside(out)).doesNotExist();
  }

  @Test
  void aRowWhoseInputIsAnotherNowIsRunAgain() throws Exception {
    Path in = in(Kind.JSONL);
    Path out = folder.resolve("out");
    spend(lateThird(Snippets.PROGRAM), Kind.JSONL, in, out);
    String aside = asked.stream().filter(text -> !text.matches("text [01]")).findFirst().get();
    Files.writeString(in, Files.readString(in).replace('"' + aside + '"', "\"other\""));

    answer(Snippets.context(model, 4), lateThird(Snippets.PROGRAM), Kind.JSONL, in, out);

    assertThat(calls).hasValue(ROWS + 1);
    int row = Integer.parseInt(aside.substring("text ".length()));
    assertThat(Files.readAllLines(out).get(row)).contains("\"other\"", "of other");
  }

  @Test
  void aFileBegunAnewOrWithAnotherProgramTakesNone() throws Exception {
    Path in = in(Kind.JSONL);
    Path out = folder.resolve("out");
    spend(lateThird(Snippets.PROGRAM), Kind.JSONL, in, out);
    Predict<Snippet, Length> other =
        Predict.of(Snippet.class, Length.class, "Count the letters, and only these.");

    answer(Snippets.context(model, 4), lateThird(other), Kind.JSONL, in, out);

    assertThat(calls).hasValue(BUDGET + ROWS - 2);

    Path anew = folder.resolve("anew");
    Files.writeString(RowsSetAside.beside(anew), "damaged\n{\"row\":1,\"text\":\"mine\\n\"}\n");
    answer(Snippets.context(model, 4), lateThird(other), Kind.JSONL, in, anew);

    assertThat(calls).hasValue(BUDGET + ROWS - 2 + ROWS);
    assertThat(RowsSetAside.beside(anew)).doesNotExist();
  }

  @Test
  void aStreamHasThemBehindAGap() throws Exception {
    Path in = in(Kind.CSV);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowsToAnswer<Snippet, Length> rows =
        RowsToAnswer.of(Source.of(in), FileFormat.csv(), Snippets.PROGRAM.signature());

    Throwable stream =
        catchThrowable(
            () -> limited().run(() -> BatchRun.of(lateThird(Snippets.PROGRAM)).answer(rows, out)));

    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().skip(1).toList();
    assertThat(lines).hasSize(BUDGET).allSatisfy(line -> assertThat(line).contains(",of text "));
    assertThat(lines.get(1)).startsWith("text 1,");
    assertThat(lines.get(2)).doesNotStartWith(LATE + ",");
    assertThat(BatchFailedException.in(stream).orElseThrow().report().answered()).isEqualTo(BUDGET);
  }

  @Test
  void ofADatasetTheRowsSoFarAreThoseBefore() {
    Throwable end =
        catchThrowable(
            () ->
                limited()
                    .run(() -> BatchRun.of(lateThird(Snippets.PROGRAM)).run(Snippets.of(ROWS))));

    BatchFailedException found = BatchFailedException.in(end).orElseThrow();
    assertThat(found.rows()).hasSize(2);
    assertThat(found.report().spend().lmCalls()).isEqualTo(BUDGET);
  }
}
