package dev.hone.benchmarks.journal;

import dev.hone.json.Json;
import dev.hone.lm.LmException;
import dev.hone.optimize.Optimized;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * Kills runs with SIGKILL at random moments, fills their disks, cuts and damages their journals,
 * and resumes them. A run counts as right if what it finds is, byte for byte, what an uninterrupted
 * run finds, and if it pays for nothing again that was recorded. Arguments: kills, full disks,
 * damaged journals, milliseconds of a reply; default 4 0 4 5. Full disks need the right to mount a
 * tmpfs.
 */
public final class ResumeHarness {
  private static final List<String> SEARCHES = List.of("race", "tpe");

  private final SplittableRandom random = new SplittableRandom(15);
  private final Path folder;
  private final long latencyMillis;
  private int wrong;

  ResumeHarness(Path folder, long latencyMillis) {
    this.folder = folder;
    this.latencyMillis = latencyMillis;
  }

  /** Runs all, and fails if one was wrong. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("hone-journal");
    ResumeHarness harness = new ResumeHarness(folder, argument(args, 3, 5));
    harness.run(argument(args, 0, 4), argument(args, 1, 0), argument(args, 2, 4));
    System.out.printf("%d wrong%n", harness.wrong);
    System.exit(harness.wrong == 0 ? 0 : 1);
  }

  private static int argument(String[] args, int index, int otherwise) {
    return args.length > index ? Integer.parseInt(args[index]) : otherwise;
  }

  /** What an uninterrupted run finds, pays for and writes. */
  private record Whole(String search, String artifact, Path journal, int paid, int distinct) {}

  /** A resumed run. */
  private record Resumed(String artifact, List<String> paid) {}

  int run(int kills, int disks, int damages) throws Exception {
    List<Whole> wholes = new ArrayList<>();
    for (String search : SEARCHES) {
      wholes.add(whole(search));
    }
    for (int i = 0; i < kills; i++) {
      kill(i, wholes.get(i % SEARCHES.size()));
    }
    for (int i = 0; i < disks; i++) {
      fill(i, wholes.get(i % SEARCHES.size()));
    }
    for (int i = 0; i < damages; i++) {
      damage(i, wholes.get(i % SEARCHES.size()));
    }
    return wrong;
  }

  private Whole whole(String search) throws IOException {
    Path journal = folder.resolve("whole-" + search);
    long start = System.nanoTime();
    Resumed first = resume(search, journal);
    Whole whole =
        new Whole(
            search,
            first.artifact(),
            journal,
            first.paid().size(),
            new HashSet<>(first.paid()).size());
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    System.out.printf(
        "%s: %d calls paid for, %d of them different, %d bytes of journal, %d ms%n",
        search, whole.paid(), whole.distinct(), Files.size(file(journal)), millis);
    Path other = folder.resolve("other-" + search);
    check(search + ", again elsewhere", whole, resume(search, other), Set.of());
    Resumed again = resume(search, journal);
    check(search + ", finished, run again", whole, again, Set.of());
    count(again.paid().isEmpty(), search + ": a finished run made calls");
    return whole;
  }

  private Resumed resume(String search, Path journal) {
    Queue<String> paid = new ConcurrentLinkedQueue<>();
    Optimized<?, ?, ?> found = new JudgedRun(search, latencyMillis, paid::add).run(journal);
    return new Resumed(JudgedRun.artifact(found), List.copyOf(paid));
  }

  private static Path file(Path journal) {
    return journal.resolve("journal.jsonl");
  }

  private void kill(int number, Whole whole) throws Exception {
    Path journal = folder.resolve("kill-" + number);
    Path payments = folder.resolve("payments-" + number);
    Path log = folder.resolve("log-" + number);
    int atPayment = random.nextInt(Math.max(1, whole.paid()));
    long moreMicros = random.nextInt(20_000);
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    KilledRun.class.getName(),
                    whole.search(),
                    journal.toString(),
                    payments.toString(),
                    String.valueOf(latencyMillis)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    while (process.isAlive() && lines(payments) < atPayment) {
      process.waitFor(2, TimeUnit.MILLISECONDS);
    }
    process.waitFor(moreMicros, TimeUnit.MICROSECONDS);
    process.destroyForcibly().waitFor();
    List<String> before = Files.exists(payments) ? Files.readAllLines(payments) : List.of();
    before = before.stream().filter(key -> key.length() == 64).toList();
    Set<String> recorded = recorded(journal);
    Resumed resumed = resume(whole.search(), journal);
    Set<String> twice = new HashSet<>(before);
    twice.retainAll(resumed.paid());
    System.out.printf(
        "kill %d, %s: at %d payments, %d requests recorded, then %d paid for, %d of them again: in"
            + " flight%n",
        number,
        whole.search(),
        before.size(),
        recorded.size(),
        resumed.paid().size(),
        twice.size());
    check("kill " + number, whole, resumed, recorded);
  }

  private static long lines(Path payments) {
    return payments.toFile().length() / 65;
  }

  /** The requests whose replies are in a journal, damaged lines left out. */
  private static Set<String> recorded(Path journal) throws IOException {
    Set<String> keys = new HashSet<>();
    if (Files.exists(file(journal))) {
      for (String line :
          new String(Files.readAllBytes(file(journal)), StandardCharsets.UTF_8).split("\n")) {
        try {
          JsonNode entry = Json.parse(line);
          if (entry.path("type").asString("").equals("call")) {
            keys.add(entry.path("key").asString());
          }
        } catch (RuntimeException e) {
          // Half a line, which the kill left.
        }
      }
    }
    return keys;
  }

  private void fill(int number, Whole whole) throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk-" + number));
    long kilobytes = 8 + random.nextLong(Files.size(file(whole.journal())) / 1024 - 12);
    run("mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "tmpfs", disk.toString());
    try {
      Path journal = disk.resolve("journal");
      Queue<String> paid = new ConcurrentLinkedQueue<>();
      String end;
      try {
        Optimized<?, ?, ?> found =
            new JudgedRun(whole.search(), latencyMillis, paid::add).run(journal);
        end = found.report().finishReason().name();
      } catch (LmException.JournalFailed e) {
        end = "nothing found yet";
      }
      Set<String> recorded = recorded(journal);
      run("mount", "-o", "remount,size=64m", disk.toString());
      Resumed resumed = resume(whole.search(), journal);
      System.out.printf(
          "disk %d, %s: full at %d kB, after %d payments: %s; %d recorded, then %d paid for%n",
          number,
          whole.search(),
          kilobytes,
          paid.size(),
          end,
          recorded.size(),
          resumed.paid().size());
      check("disk " + number, whole, resumed, recorded);
    } finally {
      run("umount", disk.toString());
    }
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed");
    }
  }

  private void damage(int number, Whole whole) throws Exception {
    Path journal = Files.createDirectories(folder.resolve("damage-" + number));
    Path file = Files.copy(file(whole.journal()), file(journal));
    long size = Files.size(file);
    long at = random.nextLong(size);
    boolean cut = number % 4 != 3;
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      if (cut) {
        access.setLength(at);
      } else {
        access.seek(at);
        access.write(access.read() ^ 1);
      }
    }
    Set<String> recorded = recorded(journal);
    Resumed resumed = resume(whole.search(), journal);
    System.out.printf(
        "damage %d, %s: %s at byte %d of %d, %d requests left, then %d paid for%n",
        number,
        whole.search(),
        cut ? "cut" : "one bit changed",
        at,
        size,
        recorded.size(),
        resumed.paid().size());
    check("damage " + number, whole, resumed, cut ? recorded : Set.of());
  }

  private void check(String what, Whole whole, Resumed resumed, Set<String> recorded) {
    count(
        resumed.artifact().equals(whole.artifact()),
        what + ": found another program than the uninterrupted run");
    long twice = resumed.paid().stream().filter(recorded::contains).count();
    count(twice == 0, "%s: paid again for %d recorded replies".formatted(what, twice));
    long repeated = resumed.paid().size() - new HashSet<>(resumed.paid()).size();
    count(
        repeated == 0,
        String.format(Locale.ROOT, "%s: paid twice for %d replies by itself", what, repeated));
  }

  private void count(boolean right, String problem) {
    if (!right) {
      wrong++;
      System.out.println("WRONG " + problem);
    }
  }
}
