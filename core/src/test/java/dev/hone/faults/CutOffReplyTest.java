package dev.hone.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.adapter.Adapter;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.program.Predict;
import dev.hone.program.UnparsableReplyException;
import dev.hone.signature.Signature;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the limit on tokens cut off is no answer. */
class CutOffReplyTest {
  private static final String CHOICES = "q -> severity: enum[LOW|HIGH], ";

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "q -> price: int, '[[ ## price ## ]]\n12'",
        "q -> score: float, '[[ ## score ## ]]\n0.'",
        "q -> tags: list[str], '[[ ## tags ## ]]\n- first\n- sec'",
        "q -> tags: list[enum[A|B|C]], '[[ ## tags ## ]]\nA, B'",
        "q -> answer: str, '[[ ## answer ## ]]\nTransfer the money, but only if'",
        "q -> answer: str, '[[ ## answer ##'",
        "q -> n: int, 12"
      })
  void isRefusedForEveryType(String signature, String reply) {
    assertThat(OneReply.of(signature, Adapter.chat(), reply, StopReason.LENGTH))
        .isEqualTo(OneReply.REFUSED);
  }

  @Test
  void isRefusedWithinOrAfterTheHeaderOfAnEmptySet() {
    String outputs = CHOICES + "violations: set[enum[HATE|SPAM]]";
    String reply = "[[ ## severity ## ]]\nHIGH\n\n[[ ## violations ##";
    for (String cut : List.of(reply, reply + " ]]", reply + " ]]\n")) {
      assertThat(OneReply.of(outputs, Adapter.chat(), cut, StopReason.LENGTH))
          .isEqualTo(OneReply.REFUSED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "int, 12500",
    "float, 0.85",
    "bool, true",
    "date, 2024-05-17",
    "datetime, 2024-05-17T10:30:00",
    "str, Only if it rains",
    "str?, Only if it rains",
    "int?, 12500",
    "enum[ALPHA|ALPHABET], ALPHABET",
    "list[str], '[\"first\", \"second\"]'",
    "set[enum[HATE|SPAM]], '[\"HATE\", \"SPAM\"]'",
    "list[int], '[10, 200]'",
    "'dict[str, int]', '{\"a\": 10, \"b\": 20}'",
    "json, '{\"a\": [1, 2]}'"
  })
  void isRefusedWhereverItEndsForEveryTypeAndAdapter(String type, String value) {
    boolean bare = !type.matches("(str|enum|date).*");
    String json = "{\"v\": " + (bare ? value : "\"" + value + "\"") + "}";
    String chat = OneReply.section("v", value);
    // all but the last sign of the marker or the brace: the marker's name says that it is the end
    int lastOpen = chat.indexOf("[[ ## completed");
    assertCutOffIsRefused("q -> v: " + type, Adapter.chat(), chat, lastOpen);
    assertCutOffIsRefused("q -> v: " + type, Adapter.json(), json, json.length() - 1);
  }

  private static void assertCutOffIsRefused(String task, Adapter adapter, String whole, int last) {
    for (int end = 0; end <= last; end++) {
      String cut = whole.substring(0, end);
      assertThat(OneReply.of(task, adapter, cut, StopReason.LENGTH))
          .as(cut)
          .isEqualTo(OneReply.REFUSED);
    }
  }

  @Test
  void theMessageSaysSoAndAdvisesToRaiseTheLimit() {
    FakeModel model =
        FakeModel.responding(
            request ->
                FakeModel.reply("[[ ## price ## ]]\n12").toBuilder()
                    .stopReason(StopReason.LENGTH)
                    .build());
    var predict = Predict.of(Signature.parse("q -> price: int"));

    assertThatThrownBy(
            () ->
                Context.builder()
                    .lm(model)
                    .build()
                    .call(() -> predict.run(Json.object().put("q", "?"))))
        .isInstanceOf(UnparsableReplyException.class)
        .hasMessageContaining("cut off by the limit on tokens")
        .hasMessageContaining("maxTokens");
  }
}
