package dev.hone.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long nanos;

  private static final EventStamp STAMP = new EventStamp(1, 0, Instant.EPOCH);

  private record Told(EventStamp stamp, Optional<String> headline, boolean isCount)
      implements Event {}

  private static Event step(String text) {
    return new Told(STAMP, Optional.of(text), false);
  }

  private static Event count(String text) {
    return new Told(STAMP, Optional.of(text), true);
  }

  private String shown(boolean terminal, Event... events) {
    Progress progress = new Progress(out, terminal, () -> nanos);
    for (Event event : events) {
      nanos += TimeUnit.SECONDS.toNanos(1);
      progress.onEvent(event, Map.of());
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void printsALineForEachStepWhereThereIsNoTerminal() {
    String text =
        shown(
            false,
            step("proposing"),
            count("1 of 2"),
            new Told(STAMP, Optional.empty(), false),
            step("done"));

    assertThat(text.lines()).containsExactly("[1 s] proposing", "[4 s] done");
  }

  @Test
  void changesOneLineOnATerminal() {
    String text = shown(true, step("trial 3: 0.612"), count("5 of 18"), step("done"));

    assertThat(text).doesNotContain("\n");
    assertThat(text.split("\r+"))
        .filteredOn(line -> !line.isBlank())
        .allMatch(line -> line.length() == 50)
        .extracting(String::strip)
        .containsExactly("[1 s] trial 3: 0.612", "[2 s] trial 3: 0.612, 5 of 18", "[3 s] done");
  }

  @Test
  void fitsFiftyColumnsAndKeepsTheCount() {
    String text = shown(true, step("a long\nstep ".repeat(20)), count("12 of 345"));

    String[] lines = text.split("\r+");
    assertThat(lines).allMatch(line -> line.length() <= 50);
    assertThat(lines[lines.length - 1]).startsWith("[2 s] a long step").endsWith("…, 12 of 345");
  }

  @Test
  void countsColumnsAsATerminalDoesAndShowsNoControlCharacters() {
    String[] lines =
        shown(
                false,
                step("長い名前".repeat(20)),
                step("😀".repeat(40)),
                step("e\u0301".repeat(60)),
                step("\u001b[31mred\u0007 \u0000"))
            .split("\n");

    assertThat(lines)
        .containsExactly(
            "[1 s] " + "長い名前".repeat(5) + "長…",
            "[2 s] " + "😀".repeat(21) + "…",
            "[3 s] " + "e\u0301".repeat(43) + "…",
            "[4 s] [31mred");
  }

  @Test
  void anEventThatThrowsCostsNothing() {
    Event broken =
        new Event() {
          @Override
          public EventStamp stamp() {
            return STAMP;
          }

          @Override
          public Optional<String> headline() {
            throw new IllegalStateException("no words");
          }
        };

    assertThat(shown(false, broken, step("next")).lines()).containsExactly("[2 s] next");
  }
}
