package dev.hone.benchmarks.reading;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The worst time of reading: attack inputs of 0.25, 0.5 and 1 MB, in every place where texts are
 * read, in seconds of processor time. Of each attack the place is shown that takes longest. Ends
 * with exit code 1 if any takes a second or more at 1 MB, or breaks.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar dev.hone.benchmarks.reading.ReadingTime [FILE]
 * </pre>
 *
 * With a file, the table is also written there, as Markdown.
 */
public final class ReadingTime {
  private static final int MB = 1_000_000;
  private static final int SMALLEST = MB / 4;
  private static final int FIRST_LOOK = MB / 16;
  private static final double LIMIT_SECONDS = 1;

  /** At the first look; linear time is then far below the limit at 1 MB. */
  private static final double HARMLESS_SECONDS = 0.02;

  private static final double PATIENCE_SECONDS = 10;
  private static final int CLOSER_LOOKS = 5;

  private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();
  private final List<Place> places = Place.all();
  private final List<String> table = new ArrayList<>();
  private boolean failed;

  /**
   * One measurement.
   *
   * @param place where
   * @param seconds of processor time; infinite where it did not end
   * @param fault what it threw; null for nothing
   */
  private record Measured(Place place, double seconds, @Nullable Throwable fault) {}

  private ReadingTime() {}

  /**
   * Measures; see the class.
   *
   * @param args the file for the table, then the attacks to measure, all of them if there are none
   */
  public static void main(String[] args) throws Exception {
    ReadingTime reading = new ReadingTime();
    reading.run(args.length > 1 ? Set.copyOf(List.of(args).subList(1, args.length)) : Set.of());
    if (args.length > 0) {
      reading.write(Path.of(args[0]));
    }
    System.exit(reading.failed ? 1 : 0);
  }

  private void run(Set<String> wanted) throws InterruptedException {
    Map<String, IntFunction<String>> attacks = Attacks.all();
    if (!wanted.isEmpty()) {
      attacks.keySet().retainAll(wanted);
    }
    warmUp();
    say(
        "| repeated, or attack | place that takes longest | 0.25 MB, s | 0.5 MB, s | 1 MB, s | 1 MB / 0.25 MB |");
    say("|---|---|---|---|---|---|");
    for (Map.Entry<String, IntFunction<String>> attack : attacks.entrySet()) {
      row(attack.getKey(), attack.getValue());
    }
    System.out.printf("%d attacks in %d places%n", attacks.size(), places.size());
  }

  private void warmUp() throws InterruptedException {
    for (Place place : places) {
      measure(place, Attacks.repeated("\"a\", [[ ## v ## ]]\n- <x> 1 ", MB / 50));
    }
  }

  /** Looks at all places with a small size, and closer at those that took longest. */
  private void row(String name, IntFunction<String> attack) throws InterruptedException {
    List<Measured> all = new ArrayList<>();
    Measured fault = null;
    for (Place place : places) {
      Measured measured = measure(place, attack.apply(FIRST_LOOK));
      all.add(measured);
      fault = measured.fault() == null ? fault : measured;
      if (Double.isInfinite(measured.seconds())) {
        break;
      }
    }
    if (fault != null) {
      tellFault(name, fault);
    }
    all.sort(Comparator.comparingDouble(Measured::seconds).reversed());
    Measured worst = all.get(0);
    double worstSeconds = -1;
    for (int i = 0; i < all.size(); i++) {
      if (worstSeconds < LIMIT_SECONDS
          && (i < CLOSER_LOOKS || all.get(i).seconds() >= HARMLESS_SECONDS)) {
        double seconds = least(all.get(i).place(), attack.apply(MB));
        if (seconds > worstSeconds) {
          worstSeconds = seconds;
          worst = all.get(i);
        }
      }
    }
    tell(name, attack, worst.place(), worstSeconds);
  }

  private void tell(String name, IntFunction<String> attack, Place place, double atOne)
      throws InterruptedException {
    double atQuarter = least(place, text(attack, SMALLEST));
    double atHalf = least(place, text(attack, MB / 2));
    failed |= atOne >= LIMIT_SECONDS;
    say(
        "| `%s` | %s | %s | %s | %s%s | %.1f |"
            .formatted(
                name.replace("|", "\\|"),
                place.name().replace("|", "\\|"),
                shown(atQuarter),
                shown(atHalf),
                shown(atOne),
                atOne >= LIMIT_SECONDS ? " **too long**" : "",
                atOne / Math.max(atQuarter, 1e-4)));
  }

  private static String text(IntFunction<String> attack, int length) {
    return attack.apply(length);
  }

  /** The lesser of two measurements, as the machine may be busy. */
  private double least(Place place, String text) throws InterruptedException {
    double first = measure(place, text).seconds();
    return Double.isInfinite(first) ? first : Math.min(first, measure(place, text).seconds());
  }

  private Measured measure(Place place, String text) throws InterruptedException {
    AtomicReference<Measured> result = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              long start = clock.getCurrentThreadCpuTime();
              Throwable fault = null;
              try {
                place.work().read(text);
              } catch (RuntimeException | Error e) {
                fault = e;
              }
              double seconds = (clock.getCurrentThreadCpuTime() - start) / 1e9;
              result.set(new Measured(place, seconds, fault));
            },
            "reading");
    thread.setDaemon(true);
    thread.start();
    while (thread.isAlive() && clock.getThreadCpuTime(thread.getId()) < PATIENCE_SECONDS * 1e9) {
      thread.join(20);
    }
    Measured measured = result.get();
    if (measured != null) {
      return measured;
    }
    thread.interrupt();
    thread.join(2_000);
    say(
        "<!-- %s goes on %s -->"
            .formatted(
                place.name(), thread.isAlive() ? "after an interrupt" : "until it is interrupted"));
    return new Measured(place, Double.POSITIVE_INFINITY, null);
  }

  private void tellFault(String name, Measured measured) {
    failed = true;
    Throwable fault = measured.fault();
    say("| `%s` | %s **broke: %s** | | | | |".formatted(name, measured.place().name(), fault));
  }

  private static String shown(double seconds) {
    return Double.isInfinite(seconds) ? "does not end" : "%.3f".formatted(seconds);
  }

  private void say(String line) {
    table.add(line);
    System.out.println(line);
  }

  private void write(Path file) throws IOException {
    String head =
        """
        # Worst reading time

        Written by `ReadingTime`, on JDK %s, %d processors: seconds of processor time, the lesser of two runs. Of each attack the place
        is shown that takes longest at 1 MB, of the slowest at 62 KB (5, and all of 20 ms or more) of %d places: replies of both adapters for each type, data files, prompts. Linear time makes 4.0 of the
        last column; short times are noise.

        """
            .formatted(
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                places.size());
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Files.writeString(file, head.formatted(Locale.ROOT) + String.join("\n", table) + "\n");
  }
}
