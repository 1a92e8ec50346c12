package dev.hone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmMessage.Role;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ModelIdentity;
import dev.hone.lm.ResponseFormat;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RequestKeyTest {
  private static final List<MessagePart> TEXT = List.of(MessagePart.text("a"));
  private static final LmRequest REQUEST =
      LmRequest.builder()
          .messages(
              List.of(
                  LmMessage.system("Be brief."), LmMessage.user("héllo"), LmMessage.assistant("")))
          .options(
              LmOptions.builder()
                  .temperature(0.5)
                  .maxTokens(100)
                  .topP(0.9)
                  .stop("END")
                  .rolloutId(3)
                  .build())
          .format(ResponseFormat.jsonSchema("answer", schema("{\"type\":\"object\"}")))
          .cacheScope("tenant")
          .build();

  private static String keyOf(String modelId, LmRequest request) {
    return RequestKey.of(RequestKey.Model.named(modelId), request);
  }

  private static ObjectNode schema(String json) {
    return (ObjectNode) Json.parse(json);
  }

  /** A key on disk outlives the code that made it: this one must never change. */
  @Test
  void isTheSameInEveryVersion() {
    assertThat(keyOf("m", REQUEST))
        .isEqualTo("b79728c39b131e6b3c161e2f8b3bb74e08fbaf7a4ab3522f4e0de0aa02e7064c");
    assertThat(keyOf("m", LmRequest.of(LmMessage.user("a"))))
        .isEqualTo("2a6af2ae23ad38b9afbe9c4fab32b34f4978e237859ce781e4282d36250882ab");
    assertThat(keyOf("m", LmRequest.of(LmMessage.user(""))))
        .isEqualTo("57f85ecb3eaf8302d4890a198399975ceef1fe02785d0829187ea5d6b93efd89");
    assertThat(
            keyOf(
                "openai:gpt-4o-mini",
                LmRequest.of(
                    LmMessage.system("naïve 日本 \uD83D\uDE00\n\t\u0000"),
                    LmMessage.user("a"),
                    LmMessage.assistant("b"),
                    LmMessage.user("c"))))
        .isEqualTo("62d6fa57ed9c6668db6f494ebf5d2bed14839f494949190ebca1d60d51871e41");
    assertThat(keyOf("m", asked(LmOptions.builder().temperature(0.0)).build()))
        .isEqualTo("6f2b3ab4b0a64fe4db4b939578e1106b4bfbe4aa1c8f0b384e8e887e410ef1fe");
    assertThat(
            keyOf(
                "m",
                asked(LmOptions.builder().maxTokens(1).topP(1.0).stop("x", "y").rolloutId(-7))
                    .format(ResponseFormat.jsonSchema("n", schema("{\"b\":{},\"a\":1.50}")))
                    .cacheScope("é")
                    .build()))
        .isEqualTo("4b189ef12f879bc6e72b4efe7812d0b3d7850cf9c8517ce2153f9df38e10c331");
  }

  private static String keyAt(@Nullable String address, String credentialHash, LmRequest request) {
    return RequestKey.of(new RequestKey.Model("m", address, credentialHash), request);
  }

  /** The forms of models that tell where and who they are. */
  @Test
  void ofAModelWithIdentityIsTheSameInEveryVersion() {
    String hash = ModelIdentity.of("m", "https://h/v1", "sk-1").credentialHash(new byte[] {1, 2});
    LmRequest parts = LmRequest.of(LmMessage.user(MessagePart.text("a"), MessagePart.text("b")));

    assertThat(hash).isEqualTo("213eea37bea40054840888226490a666dacd4f0c83504b00ba1d91626feb38fb");
    assertThat(keyAt("https://h/v1", hash, REQUEST))
        .isEqualTo("666c3d3115c93d8e623b5812cf32ddd9e74194e69e6116047bd774f3f00ebe39");
    assertThat(keyAt("https://h/v1", "", parts))
        .isEqualTo("0f80eab6966416dc00de133b44013896f328fb8288d9c9294fcc15dc79103824");
  }

  @Test
  void keepsModelsApartByAddressAndCredential() {
    Set<String> keys = new HashSet<>();

    keys.add(keyAt(null, "", REQUEST));
    keys.add(keyAt("", "", REQUEST));
    keys.add(keyAt("a", "", REQUEST));
    keys.add(keyAt("a", "b", REQUEST));
    keys.add(keyAt("ab", "", REQUEST));
    keys.add(keyAt("a", "c", REQUEST));

    assertThat(keys).hasSize(6);
  }

  private static LmRequest.Builder asked(LmOptions.Builder options) {
    return LmRequest.builder().message(LmMessage.user("a")).options(options.build());
  }

  @Test
  void differsWhereverTheRequestDiffers() {
    LmOptions options = REQUEST.options();
    List<LmMessage> messages = REQUEST.messages();
    Set<String> keys = new HashSet<>();

    keys.add(keyOf("m", REQUEST));
    keys.add(keyOf("n", REQUEST));
    keys.add(keyOf("m", REQUEST.withCacheScope("other")));
    keys.add(keyOf("m", REQUEST.withMessages(messages.subList(0, 2))));
    keys.add(keyOf("m", REQUEST.withMessages(List.of(LmMessage.user("Be brief.")))));
    keys.add(keyOf("m", REQUEST.withMessages(List.of(LmMessage.system("Be brief.")))));
    keys.add(keyOf("m", REQUEST.withOptions(options.withTemperature(0.6))));
    keys.add(keyOf("m", REQUEST.withOptions(options.withTemperature(null))));
    keys.add(keyOf("m", REQUEST.withOptions(options.withMaxTokens(101))));
    keys.add(keyOf("m", REQUEST.withOptions(options.withMaxTokens(null))));
    keys.add(keyOf("m", REQUEST.withOptions(options.withRolloutId(4))));
    keys.add(keyOf("m", REQUEST.withOptions(options.with(o -> o.topP(null)))));
    keys.add(keyOf("m", REQUEST.withOptions(options.with(o -> o.stop()))));
    keys.add(keyOf("m", REQUEST.toBuilder().format(ResponseFormat.TEXT).build()));
    keys.add(
        keyOf(
            "m",
            REQUEST.toBuilder()
                .format(ResponseFormat.jsonSchema("answer", schema("{\"type\":\"string\"}")))
                .build()));

    assertThat(keys).hasSize(15);
  }

  @Test
  void doesNotConfuseNeighbouringTexts() {
    assertThat(keyOf("ab", LmRequest.of(LmMessage.user("c")).withCacheScope("d")))
        .isNotEqualTo(keyOf("a", LmRequest.of(LmMessage.user("c")).withCacheScope("bd")));
    assertThat(keyOf("m", LmRequest.of(LmMessage.user("a"), LmMessage.user("b"))))
        .isNotEqualTo(keyOf("m", LmRequest.of(LmMessage.user("aUb"))));
  }

  @Test
  void minusZeroAndZeroDegreesAreWhatTheyAre() {
    LmRequest request = LmRequest.of(LmMessage.user("a"));

    assertThat(keyOf("m", request.withOptions(LmOptions.defaults().withTemperature(0.0))))
        .isNotEqualTo(keyOf("m", request));
  }

  private static String keyOf(MessagePart... parts) {
    return keyOf("m", LmRequest.of(LmMessage.user(parts)));
  }

  /** The second form is on disk, too. */
  @Test
  void ofPartsIsTheSameInEveryVersion() {
    LmRequest request =
        LmRequest.of(
            LmMessage.system("s"),
            LmMessage.user(
                MessagePart.text("a"),
                MessagePart.image(new byte[] {1, 2}, "image/png"),
                MessagePart.image(URI.create("https://h/a.png"))),
            LmMessage.assistant(
                MessagePart.thinking("hm", "signed"),
                MessagePart.thinking("hm", null),
                MessagePart.toolCall("1", "look", "{}")),
            LmMessage.tool(
                MessagePart.toolResult("1", "look", "a cat", false),
                MessagePart.toolResult("2", "look", "dark", true)));

    assertThat(keyOf("m", request))
        .isEqualTo("2c8add4f25cbfa84a137a1073426fbc117888a54995dcf980ff9b9031d413588");
  }

  @Test
  void differsWhereverAPartDiffers() {
    Set<String> keys = new HashSet<>();

    keys.add(keyOf(MessagePart.text("a")));
    keys.add(keyOf(MessagePart.text("a"), MessagePart.text("")));
    keys.add(keyOf(MessagePart.text(""), MessagePart.text("a")));
    keys.add(keyOf(MessagePart.thinking("a", null)));
    keys.add(keyOf(MessagePart.thinking("a", "")));
    keys.add(keyOf(MessagePart.image(new byte[] {1}, "image/png")));
    keys.add(keyOf(MessagePart.image(new byte[] {2}, "image/png")));
    keys.add(keyOf(MessagePart.image(new byte[] {1}, "image/jpeg")));
    keys.add(keyOf(MessagePart.image(URI.create("https://h/a"))));
    keys.add(keyOf(MessagePart.file(new byte[] {1}, "audio/wav")));
    keys.add(keyOf(MessagePart.file(new byte[] {2}, "audio/wav")));
    keys.add(keyOf(MessagePart.file(new byte[] {1}, "audio/mpeg")));
    keys.add(keyOf(MessagePart.file(URI.create("https://h/a"), "audio/wav")));
    keys.add(keyOf(MessagePart.file(URI.create("https://h/a"), "audio/mpeg")));
    keys.add(keyOf(MessagePart.toolCall("a", "b", "c")));
    keys.add(keyOf(MessagePart.toolResult("a", "b", "c", false)));
    keys.add(keyOf(MessagePart.toolResult("a", "b", "c", true)));
    keys.add(keyOf(result(false, MessagePart.text("c"), MessagePart.text(""))));
    keys.add(keyOf(result(true, MessagePart.text("c"), MessagePart.text(""))));
    keys.add(keyOf(result(false, MessagePart.image(new byte[] {1}, "image/png"))));
    keys.add(keyOf(result(false, MessagePart.image(new byte[] {2}, "image/png"))));
    keys.add(keyOf("m", LmRequest.of(LmMessage.of(Role.TOOL, TEXT))));
    keys.add(keyOf("m", LmRequest.of(LmMessage.of(Role.ASSISTANT, TEXT))));

    assertThat(keys).hasSize(23);
    assertThat(keys).contains(keyOf(result(false, MessagePart.text("c"))));
  }

  private static MessagePart result(boolean error, MessagePart... content) {
    return MessagePart.toolResult("a", "b", List.of(content), error);
  }

  @Test
  void aTextAsTheOnlyPartIsAPlainText() {
    assertThat(keyOf(MessagePart.text("a")))
        .isEqualTo(keyOf("m", LmRequest.of(LmMessage.user("a"))));
  }

  @Test
  void everyKindOfPartHasAKey() {
    assertThat(
            Stream.of(MessagePart.class.getDeclaredClasses())
                .filter(MessagePart.class::isAssignableFrom)
                .map(Class::getSimpleName))
        .as("a new kind needs a place in the key, and a line in the test above")
        .containsExactlyInAnyOrder("Text", "Image", "File", "ToolCall", "ToolResult", "Thinking");
  }
}
