package dev.hone.optimize.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopSignalTest {
  private final List<String> said = new ArrayList<>();
  private final StopSignal stop =
      new StopSignal(() -> said.add("stopping"), () -> said.add("ended"));

  @Test
  void firstPressInterruptsTheRunAndIsInTheExitCode() {
    assertThat(stop.exitCode(0)).isZero();

    stop.press();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(stop.isStopped()).isTrue();
    assertThat(stop.exitCode(0)).isEqualTo(130);
    assertThat(said).containsExactly("stopping");
  }

  @Test
  void secondPressEndsTheProcessAtOnce() {
    stop.press();
    stop.press();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(said).containsExactly("stopping", "ended");
  }

  @Test
  void aThreadIsInterruptedThoughNothingCanBeSaid() {
    StopSignal silent =
        new StopSignal(
            () -> {
              throw new IllegalStateException("no terminal");
            },
            () -> {});

    assertThatThrownBy(silent::press).isInstanceOf(IllegalStateException.class);

    assertThat(Thread.interrupted()).isTrue();
  }
}
