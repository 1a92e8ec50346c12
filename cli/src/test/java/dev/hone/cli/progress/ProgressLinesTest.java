package dev.hone.cli.progress;

import static dev.hone.cli.progress.ProgressEvents.LONG;
import static dev.hone.cli.progress.ProgressEvents.PLANNED;
import static dev.hone.cli.progress.ProgressEvents.answered;
import static dev.hone.cli.progress.ProgressEvents.callFailed;
import static dev.hone.cli.progress.ProgressEvents.failed;
import static dev.hone.cli.progress.ProgressEvents.trial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LmException;
import dev.hone.observe.Event;
import dev.hone.pipeline.RetrySettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The lines where there is no terminal, and what they say of retries. */
class ProgressLinesTest {
  private final StringWriter text = new StringWriter();

  private void show(Event... events) {
    try (Progress progress = new Progress(new PrintWriter(text), Progress.Mode.LINES, 0, () -> 1)) {
      for (Event event : events) {
        progress.onEvent(event, Map.of());
      }
    }
  }

  @Test
  void numbersTrialsFromOneAndSaysHowMuchTheySaw() {
    show(
        PLANNED,
        trial(0, 7, 10, 0.45, -1),
        trial(1, 7, 5, 0.85, 0.706),
        trial(2, 7, 45, 0.72, 0.72),
        trial(3, 8, 10, -1, 0.72));

    assertThat(text.toString().lines())
        .containsExactly(
            "[0 s] at most 600 program runs",
            "[0 s] trial 1: 45.0 on 10",
            "[0 s] trial 2: 85.0 on 5, best 70.6",
            "[0 s] trial 3: 72.0 on all 45, best 72.0",
            "[0 s] trial 4: no score on 10, best 72.0");
  }

  @Test
  void showsTheWholeMessageOfAFailureWhereThereIsNoTerminal() {
    show(callFailed(new LmException.Unauthorized(LONG, null)));

    assertThat(text.toString().lines()).containsExactly("[0 s] a call failed: " + LONG);
  }

  @Test
  void saysThatACallIsTriedAgain() {
    show(failed(new LmException.Unavailable("down", null, null)));
    show(failed(new LmException.TimedOut("late", null)));
    show(failed(new LmException.RateLimited("later", Duration.ofSeconds(7), null)));

    assertThat(text.toString().lines())
        .containsExactly(
            "[0 s] model not reached, retry 1 of 3 in 0.5 s",
            "[0 s] no answer in time, retry 1 of 3 in 0.5 s",
            "[0 s] rate limit reached, retry 1 of 3 in 7.9 s");
  }

  @Test
  void complainsOnceWhenManyCallsFailTogether() {
    Event down = failed(new LmException.Unavailable("down", null, null));

    show(down, down, down);

    assertThat(text.toString().lines()).hasSize(1);
  }

  @Test
  void countsTheRetriesOfEachCall() {
    RetryPhrases retries = new RetryPhrases(RetrySettings.defaults());
    Event down = failed(new LmException.Unavailable("down", null, null));

    assertThat(retries.of(down).orElseThrow().text()).contains("retry 1 of 3");
    assertThat(retries.of(down).orElseThrow().text()).contains("retry 2 of 3");
    assertThat(retries.of(down).orElseThrow().text()).contains("in 2.0 s");
    assertThat(retries.of(down)).isEmpty();
    assertThat(retries.of(answered())).isEmpty();
    assertThat(retries.of(down).orElseThrow().text()).contains("retry 1 of 3");
    assertThat(retries.of(failed(new LmException.Unauthorized("no", null)))).isEmpty();
  }
}
