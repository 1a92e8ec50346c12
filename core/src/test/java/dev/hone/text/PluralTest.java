package dev.hone.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PluralTest {
  @Test
  void saysOneOfAThingAndAnyOtherNumberOfThings() {
    assertThat(Plural.of(1, "example")).isEqualTo("1 example");
    assertThat(Plural.of(0, "example")).isEqualTo("0 examples");
    assertThat(Plural.of(2, "model call")).isEqualTo("2 model calls");
  }
}
