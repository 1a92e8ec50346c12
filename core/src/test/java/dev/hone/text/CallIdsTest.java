package dev.hone.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallIdsTest {
  @Test
  void givesEachCallAnIdOfItsOwnInTheFormOfTheStrictestProvider() {
    CallIds ids = new CallIds();

    assertThat(ids.distinct("a")).isEqualTo("a");
    assertThat(ids.distinct("t0000c001")).isEqualTo("t0000c001");
    assertThat(ids.distinct("a")).isEqualTo("t0000c002");
    assertThat(ids.distinct("")).isEqualTo("t0000c003").matches("[a-z0-9]{9}");
  }

  @Test
  void namesOfToolsAreWhatProvidersTake() {
    assertThat(ToolName.of("files.read/all")).isEqualTo("files_read_all");
    assertThat(ToolName.of("")).isEqualTo("unnamed");
    assertThat(ToolName.of("é".repeat(100))).isEqualTo("_".repeat(64));
    assertThat(ToolName.of("good_name-1")).isEqualTo("good_name-1");
  }

  @Test
  void aLongTextLosesItsMiddleAndSaysHowMuch() {
    assertThat(Excerpt.withoutMiddle("0123456789", 4, 3))
        .isEqualTo("0123…\n[3 characters are left out here]\n…789");
    assertThat(Excerpt.withoutMiddle("0123456789", 5, 5)).isEqualTo("0123456789");
  }
}
