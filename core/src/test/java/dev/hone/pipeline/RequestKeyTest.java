package dev.hone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ResponseFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RequestKeyTest {
  private static final LmRequest REQUEST =
      new LmRequest(
          List.of(LmMessage.system("Be brief."), LmMessage.user("héllo"), LmMessage.assistant("")),
          new LmOptions(0.5, 100, 0.9, List.of("END"), 3),
          new ResponseFormat.JsonSchema("answer", schema("{\"type\":\"object\"}")),
          "tenant");

  private static ObjectNode schema(String json) {
    return (ObjectNode) Json.parse(json);
  }

  /** A key on disk outlives the code that made it: this one must never change. */
  @Test
  void isTheSameInEveryVersion() {
    assertThat(RequestKey.of("m", REQUEST))
        .isEqualTo("b79728c39b131e6b3c161e2f8b3bb74e08fbaf7a4ab3522f4e0de0aa02e7064c");
    assertThat(RequestKey.of("m", LmRequest.of(LmMessage.user("a"))))
        .isEqualTo("2a6af2ae23ad38b9afbe9c4fab32b34f4978e237859ce781e4282d36250882ab");
  }

  @Test
  void differsWhereverTheRequestDiffers() {
    LmOptions options = REQUEST.options();
    ResponseFormat format = REQUEST.format();
    List<LmMessage> messages = REQUEST.messages();
    Set<String> keys = new HashSet<>();

    keys.add(RequestKey.of("m", REQUEST));
    keys.add(RequestKey.of("n", REQUEST));
    keys.add(RequestKey.of("m", REQUEST.withCacheScope("other")));
    keys.add(RequestKey.of("m", REQUEST.withMessages(messages.subList(0, 2))));
    keys.add(RequestKey.of("m", REQUEST.withMessages(List.of(LmMessage.user("Be brief.")))));
    keys.add(RequestKey.of("m", REQUEST.withMessages(List.of(LmMessage.system("Be brief.")))));
    keys.add(RequestKey.of("m", REQUEST.withOptions(options.withTemperature(0.6))));
    keys.add(RequestKey.of("m", REQUEST.withOptions(options.withTemperature(null))));
    keys.add(RequestKey.of("m", REQUEST.withOptions(options.withMaxTokens(101))));
    keys.add(RequestKey.of("m", REQUEST.withOptions(options.withMaxTokens(null))));
    keys.add(RequestKey.of("m", REQUEST.withOptions(options.withRolloutId(4))));
    keys.add(
        RequestKey.of("m", REQUEST.withOptions(new LmOptions(0.5, 100, null, List.of("END"), 3))));
    keys.add(RequestKey.of("m", REQUEST.withOptions(new LmOptions(0.5, 100, 0.9, List.of(), 3))));
    keys.add(RequestKey.of("m", new LmRequest(messages, options, ResponseFormat.TEXT, "tenant")));
    keys.add(
        RequestKey.of(
            "m",
            new LmRequest(
                messages,
                options,
                new ResponseFormat.JsonSchema("answer", schema("{\"type\":\"string\"}")),
                "tenant")));

    assertThat(keys).hasSize(15);
    assertThat(format).isNotNull();
  }

  @Test
  void doesNotConfuseNeighbouringTexts() {
    assertThat(RequestKey.of("ab", LmRequest.of(LmMessage.user("c")).withCacheScope("d")))
        .isNotEqualTo(RequestKey.of("a", LmRequest.of(LmMessage.user("c")).withCacheScope("bd")));
    assertThat(RequestKey.of("m", LmRequest.of(LmMessage.user("a"), LmMessage.user("b"))))
        .isNotEqualTo(RequestKey.of("m", LmRequest.of(LmMessage.user("aUb"))));
  }

  @Test
  void minusZeroAndZeroDegreesAreWhatTheyAre() {
    LmRequest request = LmRequest.of(LmMessage.user("a"));

    assertThat(RequestKey.of("m", request.withOptions(LmOptions.defaults().withTemperature(0.0))))
        .isNotEqualTo(RequestKey.of("m", request));
  }
}
