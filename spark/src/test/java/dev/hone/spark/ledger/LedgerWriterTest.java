package dev.hone.spark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Spend;
import dev.hone.json.Json;
import dev.hone.lm.LmException;
import dev.hone.lm.LmUsage;
import dev.hone.spark.column.RowAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class LedgerWriterTest {
  private static final int UNDER_WAY = 7;
  private static final Spend ONE_CALL =
      Spend.of(
          1,
          0,
          LmUsage.builder().promptTokens(9).cachedPromptTokens(4).completionTokens(2).build());

  @TempDir Path folder;

  private Configuration files;

  @BeforeEach
  void objectStore() {
    files = new Configuration(false);
    files.set("fs.file.impl", RawLocalFileSystem.class.getName());
    files.set("fs.store.impl", ObjectStore.class.getName());
    files.setBoolean("fs.store.impl.disable.cache", true);
  }

  /** Files that are there when they are closed, and not before. */
  public static final class ObjectStore extends RawLocalFileSystem {
    @Override
    public java.net.URI getUri() {
      return java.net.URI.create("store:///");
    }

    @Override
    public FSDataOutputStream create(org.apache.hadoop.fs.Path path, boolean overwrite)
        throws IOException {
      FileSystem.Statistics none = null;
      return new FSDataOutputStream(
          new java.io.ByteArrayOutputStream() {
            @Override
            public void close() throws IOException {
              Path file = Path.of(path.toUri().getPath());
              Files.createDirectories(file.getParent());
              Files.write(file, toByteArray());
            }
          },
          none);
    }
  }

  private LedgerWriter begin(String scheme) {
    return LedgerWriter.begin(ledger(scheme), "start", 0, 1, UNDER_WAY);
  }

  private Ledger ledger(String scheme) {
    return Ledger.of(scheme + "://" + folder, files);
  }

  /** What the lines that are there say. */
  private LedgerTotals totals() throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      List<String> lines =
          found
              .filter(file -> file.toString().endsWith(".jsonl"))
              .flatMap(LedgerWriterTest::lines)
              .toList();
      return LedgerTotals.of(lines.iterator());
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static RowAnswer answer() {
    ObjectNode output = Json.object().put("topic", "billing");
    return RowAnswer.of(output, ONE_CALL);
  }

  @Test
  void whatIsWrittenIsReadWithAllThatWasSpent() throws IOException {
    try (LedgerWriter writer = begin("file")) {
      writer.record("1", LedgerWriterTest::answer);
    }

    LedgerTotals totals = totals();
    assertThat(totals.lines()).isEqualTo(1);
    assertThat(totals.lost()).isZero();
    assertThat(totals.spend()).isEqualTo(ONE_CALL);
  }

  @Test
  void aCallThatWasInterruptedMayHaveBeenPaidFor() throws IOException {
    LmException cut = new LmException.Interrupted("The task ended", null);

    try (LedgerWriter writer = begin("file")) {
      writer.record("1", LedgerWriterTest::answer);
      writer.record("2", () -> RowAnswer.ended(cut, Spend.NONE));
      assertThatThrownBy(
              () ->
                  writer.record(
                      "3",
                      () -> {
                        throw new StackOverflowError("of the program");
                      }))
          .isInstanceOf(StackOverflowError.class);
    }

    assertThat(totals().lost()).isEqualTo(2);
    assertThat(totals().lines()).isEqualTo(1);
  }

  @Test
  void aKillBeforeTheFirstFileIsCompleteInAStoreIsAnAttemptThatLostRows() throws IOException {
    LedgerWriter killed = begin("store");
    killed.record("1", LedgerWriterTest::answer);

    assertThat(totals().lines()).isZero();
    assertThat(totals().attempts()).isEqualTo(1);
    assertThat(totals().lost()).isEqualTo(UNDER_WAY + 500);

    killed.close();
    assertThat(totals().lines()).isEqualTo(1);
    assertThat(totals().lost()).isZero();
  }
}
