package dev.hone.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LmResponseTest {
  private static final LmResponse FULL =
      LmResponse.builder()
          .parts(
              List.of(
                  MessagePart.thinking("first ", "signed"),
                  MessagePart.thinking("second", null),
                  MessagePart.text(""),
                  MessagePart.text("a"),
                  MessagePart.text("b"),
                  MessagePart.toolCall("1", "search", "{}")))
          .stopReason(LmResponse.StopReason.TOOL_CALLS)
          .usage(LmUsage.of(3, 4))
          .modelId("m")
          .build();

  @Test
  void readsTextAndReasoningOutOfItsParts() {
    assertThat(FULL.text()).isEqualTo("ab");
    assertThat(FULL.reasoning()).isEqualTo("first second");
    assertThat(FULL.parts()).hasSize(5);
    assertThat(LmResponse.of("a", LmUsage.NONE, "m").reasoning()).isNull();
  }

  @Test
  void hasAnEmptyTextWhereThereIsNothingElse() {
    assertThat(LmResponse.builder().build().parts()).containsExactly(MessagePart.text(""));
    assertThat(LmResponse.builder().text("").build()).isEqualTo(LmResponse.builder().build());
  }

  @Test
  void putsTextAndReasoningInPlaceOfThoseThatAreThere() {
    LmResponse changed = FULL.toBuilder().text("c").reasoning("hm").build();

    assertThat(changed.parts())
        .containsExactly(
            MessagePart.thinking("hm", null),
            MessagePart.toolCall("1", "search", "{}"),
            MessagePart.text("c"));
    assertThat(changed.toBuilder().reasoning(null).build().reasoning()).isNull();
  }

  @Test
  void costsNothingOutOfACacheAndKeepsTheRest() {
    LmResponse cached = FULL.asCached();

    assertThat(cached.cached()).isTrue();
    assertThat(cached.usage()).isEqualTo(LmUsage.NONE);
    assertThat(cached.toBuilder().cached(false).usage(FULL.usage()).build()).isEqualTo(FULL);
  }

  @Test
  void becomesAMessageOfTheModelWithAllItsParts() {
    assertThat(FULL.toMessage().role()).isEqualTo(LmMessage.Role.ASSISTANT);
    assertThat(FULL.toMessage().parts()).isEqualTo(FULL.parts());
    assertThat(LmResponse.of("a", LmUsage.NONE, "m").toMessage())
        .isEqualTo(LmMessage.assistant("a"));
  }
}
