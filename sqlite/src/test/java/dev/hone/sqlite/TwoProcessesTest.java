package dev.hone.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes on one cache: one that is killed, then two at once. The requests of these two
 * together are {@code -Dhone.cache.requests}, 400 unless set; the figures of 10,000 are in {@code
 * benchmarks/cache/results}.
 */
@Tag("once")
@Timeout(1_800)
class TwoProcessesTest {
  private static final int REQUESTS = Integer.getInteger("hone.cache.requests", 400);
  private static final int QUESTIONS = REQUESTS / 4;

  @TempDir private Path folder;

  /** A reply that a process paid for, and the microseconds between which it did. */
  private record Payment(String question, long from, long to) {
    static Payment parse(String line) {
      String[] words = line.split(" ", -1);
      return new Payment(words[1], Long.parseLong(words[2]), Long.parseLong(words[3]));
    }

    boolean overlaps(Payment other) {
      return from <= other.to && other.from <= to;
    }
  }

  private Process start(int seed) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            CacheWorker.class.getName(),
            file().toString(),
            String.valueOf(QUESTIONS),
            String.valueOf(seed))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private Path file() {
    return folder.resolve("replies.db");
  }

  private static List<String> lines(Process process) {
    try (BufferedReader reader = process.inputReader()) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void loseNothingAndPayOnce() throws Exception {
    Set<String> paidByTheDead = paidBeforeItWasKilled();

    List<Payment> payments = paidByTwoAtOnce();

    Map<String, Payment> first = new HashMap<>();
    List<String> twice = new ArrayList<>();
    for (Payment payment : payments) {
      assertThat(paidByTheDead).doesNotContain(payment.question());
      Payment other = first.putIfAbsent(payment.question(), payment);
      if (other != null) {
        assertThat(payment.overlaps(other)).as("%s and %s", payment, other).isTrue();
        twice.add(payment.question());
      }
    }
    Set<String> all = new HashSet<>(first.keySet());
    all.addAll(paidByTheDead);
    // What the dead one had kept and not yet said.
    assertThat(all).hasSizeBetween(QUESTIONS - CacheWorker.THREADS, QUESTIONS);
    assertWhole();
    System.out.printf(
        "%,d requests, %,d questions: %,d paid by a process that was killed, %,d by two at once,"
            + " %,d of them twice%n",
        REQUESTS, QUESTIONS, paidByTheDead.size(), payments.size(), twice.size());
    assertThat(twice).isEmpty();
  }

  /** What it said it had paid for before a kill -9 after a third of the questions. */
  private Set<String> paidBeforeItWasKilled() throws IOException {
    Process process = start(0);
    Set<String> paid = new HashSet<>();
    try (BufferedReader reader = process.inputReader()) {
      String line;
      while (paid.size() < QUESTIONS / 3 && (line = reader.readLine()) != null) {
        paid.add(Payment.parse(line).question());
      }
      process.toHandle().destroyForcibly();
      reader.lines().forEach(rest -> paid.add(Payment.parse(rest).question()));
    }
    assertThat(paid).hasSizeBetween(QUESTIONS / 3, QUESTIONS - 1);
    return paid;
  }

  private List<Payment> paidByTwoAtOnce() throws Exception {
    ExecutorService readers = Executors.newFixedThreadPool(2);
    try {
      List<Future<List<String>>> outputs = new ArrayList<>();
      for (int seed = 1; seed <= 2; seed++) {
        Process process = start(seed);
        outputs.add(readers.submit(() -> lines(process)));
      }
      List<Payment> payments = new ArrayList<>();
      for (Future<List<String>> output : outputs) {
        List<String> lines = output.get();
        assertThat(lines).last().isEqualTo("DONE");
        lines.subList(0, lines.size() - 1).forEach(line -> payments.add(Payment.parse(line)));
      }
      return payments;
    } finally {
      readers.shutdownNow();
    }
  }

  private void assertWhole() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement();
        ResultSet check = statement.executeQuery("PRAGMA integrity_check")) {
      assertThat(check.next()).isTrue();
      assertThat(check.getString(1)).isEqualTo("ok");
    }
    try (SqliteCache cache = SqliteCache.open(file())) {
      assertThat(cache.statistics().entries()).isEqualTo(QUESTIONS);
      assertThat(cache.setAside()).isEmpty();
    }
  }
}
