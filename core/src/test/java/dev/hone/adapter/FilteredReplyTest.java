package dev.hone.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.json.Json;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What a provider's filter cut off is no answer, as what the limit on tokens cut off is none. */
class FilteredReplyTest {
  private static ObjectNode read(Adapter adapter, String reply) {
    Signature<?, ?> price = Signature.parse("q -> price: int");
    return adapter.parse(
        Prompt.of(price, "", List.of(), Json.object()),
        LmResponse.builder().text(reply).stopReason(StopReason.CONTENT_FILTER).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[[ ## price ## ]]\n12", "12", "{\"price\": 12"})
  void aReplyThatTheFilterCutOffIsRefused(String reply) {
    for (Adapter adapter : List.of(Adapter.chat(), Adapter.json())) {
      assertThatThrownBy(() -> read(adapter, reply))
          .isInstanceOf(ReplyFormatException.class)
          .hasMessageContaining("cut off by the provider's content filter")
          .hasMessageNotContaining("maxTokens");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[[ ## price ## ]]\n12\n\n[[ ## completed ## ]]", "{\"price\": 12}"})
  void oneThatIsCompleteIsRead(String reply) {
    for (Adapter adapter : List.of(Adapter.chat(), Adapter.json())) {
      assertThat(read(adapter, reply)).hasToString("{\"price\":12}");
    }
  }
}
