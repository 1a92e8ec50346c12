package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HoneTest {
  @Test
  void showsItsUsageAsAnErrorWhenNothingIsAsked() {
    Ran ran = Ran.hone();

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("Usage: hone", "demo");
  }

  @Test
  void showsItsUsageWhenThatIsAsked() {
    Ran ran = Ran.hone("--help");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("Usage: hone", "demo");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void guessesWhichOptionWasMeant() {
    Ran ran = Ran.hone("demo", "--taks", "support");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("'--taks'", "--task", "See hone demo --help");
  }
}
