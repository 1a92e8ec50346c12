package dev.hone.cli.progress;

import static dev.hone.cli.progress.ProgressEvents.LONG;
import static dev.hone.cli.progress.ProgressEvents.PLANNED;
import static dev.hone.cli.progress.ProgressEvents.SEARCH;
import static dev.hone.cli.progress.ProgressEvents.STARTED;
import static dev.hone.cli.progress.ProgressEvents.answered;
import static dev.hone.cli.progress.ProgressEvents.callFailed;
import static dev.hone.cli.progress.ProgressEvents.failed;
import static dev.hone.cli.progress.ProgressEvents.trial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LmException;
import dev.hone.observe.Event;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bar on a terminal. */
class ProgressTest {
  private final StringWriter text = new StringWriter();

  private long nanos = 1;

  private Progress progress(Progress.Mode mode, int columns) {
    return new Progress(new PrintWriter(text), mode, columns, () -> nanos);
  }

  /** What a terminal shows: carriage returns overwrite. */
  private String screen() {
    StringBuilder line = new StringBuilder();
    int column = 0;
    for (char c : text.toString().toCharArray()) {
      if (c == '\r') {
        column = 0;
      } else {
        line.setLength(Math.max(line.length(), column));
        line.replace(column, Math.min(line.length(), column + 1), String.valueOf(c));
        column++;
      }
    }
    return line.toString().stripTrailing();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 50, 80, 200})
  void isNeverWiderThanTheTerminalAndLeavesNothingOnIt(int columns) {
    Progress progress = progress(Progress.Mode.BAR, columns);
    progress.stage("a program whose name leaves no room for much 長い名前");
    List<String> shown = new ArrayList<>();
    for (Event event : List.of(STARTED, PLANNED, SEARCH, answered(), trial(131, 7, 10, 1, 1))) {
      nanos += Duration.ofSeconds(3).toNanos();
      progress.onEvent(event, Map.of());
      shown.add(screen());
    }
    progress.onEvent(callFailed(new LmException.Unauthorized(LONG, null)), Map.of());
    shown.add(screen());
    progress.close();

    assertThat(text.toString()).doesNotContain("\n").endsWith("\r");
    assertThat(shown).allSatisfy(line -> assertThat(line).hasSizeBetween(1, columns - 1));
    assertThat(screen()).isEmpty();
  }

  @Test
  void showsStageBarShareScoreCallsAndTimeLeft() {
    Progress progress = progress(Progress.Mode.BAR, 80);
    for (Event event : List.of(STARTED, PLANNED, SEARCH)) {
      progress.onEvent(event, Map.of());
    }
    for (int call = 0; call < 25; call++) {
      nanos += Duration.ofMillis(400).toNanos();
      progress.onEvent(answered(), Map.of());
    }
    progress.onEvent(trial(3, 7, 10, 0.5, 0.773), Map.of());

    assertThat(screen())
        .isEqualTo(
            "searching  [#######---------------------]  25 %  best 77.3  25 calls  30 s left");
    progress.close();
    assertThat(screen()).isEmpty();

    text.getBuffer().setLength(0);
    Progress wide = progress(Progress.Mode.BAR, 200);
    for (Event event : List.of(STARTED, PLANNED, SEARCH)) {
      wide.onEvent(event, Map.of());
    }
    for (int call = 0; call < 25; call++) {
      nanos += Duration.ofMillis(400).toNanos();
      wide.onEvent(answered(), Map.of());
    }
    assertThat(screen()).contains("[#######-----------------------]  25 %", "25 calls  30 s left");
  }

  @Test
  void countsWhatACommandCountsByItself() {
    Progress progress = progress(Progress.Mode.BAR, 50);
    progress.stage("writing", 4);
    progress.advance();
    nanos += Duration.ofSeconds(1).toNanos();
    progress.advance();

    assertThat(screen()).isEqualTo("writing  [#########----------]  50 %  2 of 4  1 s");
  }

  @Test
  void saysSomethingAboveTheBarThatStays() {
    Progress progress = progress(Progress.Mode.BAR, 50);
    progress.stage("writing", 4);
    progress.say("a note");

    assertThat(text.toString()).contains("\ra note" + System.lineSeparator() + "\rwriting  [");
  }

  @Test
  void showsForAWhileWhyCallsWait() {
    Progress progress = progress(Progress.Mode.BAR, 80);
    progress.stage("testing", 4);
    progress.onEvent(
        failed(new LmException.RateLimited("later", Duration.ofSeconds(7), null)), Map.of());

    assertThat(screen()).isEqualTo("testing  rate limit reached, retry 1 of 3 in 7.9 s");

    nanos += Duration.ofSeconds(9).toNanos();
    progress.advance();

    assertThat(screen())
        .isEqualTo("testing  [#######-----------------------]  25 %  1 of 4  1 call  27 s left");
  }

  @Test
  void isSilentWhenAskedToBe() {
    try (Progress progress = progress(Progress.Mode.NOTHING, 0)) {
      progress.stage("testing", 4);
      progress.onEvent(trial(3, 7, 10, 0.5, 0.773), Map.of());
      progress.say("a note");
    }

    assertThat(text.toString()).isEmpty();
  }

  @Test
  void showsNoBarAfterCtrlC() {
    Progress progress = progress(Progress.Mode.BAR, 80);
    progress.stage("testing", 4);
    progress.hide();
    progress.advance();
    progress.stage("more", 2);

    assertThat(screen()).isEmpty();
  }
}
