package dev.hone.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ResponseFormat;
import dev.hone.lm.ToolSpec;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.openai.OpenAiChatOptions;
import tools.jackson.databind.node.ObjectNode;

class SpringAiModelTest {
  private static final ToolSpec CLOCK = tool("clock");
  private final FakeChatModel chat = new FakeChatModel(prompt -> "yes");
  private final SpringAiModel model = SpringAiModel.of(chat, "openai:fake");

  private static ToolSpec tool(String name) {
    return ToolSpec.of(name, "", (ObjectNode) Json.parse("{\"type\":\"object\"}"));
  }

  private static LmRequest.Builder asked() {
    return LmRequest.of(LmMessage.user("hi")).toBuilder();
  }

  private OpenAiChatOptions sent(LmRequest request) {
    model.call(request);
    List<Prompt> prompts = chat.prompts();
    return (OpenAiChatOptions) prompts.get(prompts.size() - 1).getOptions();
  }

  @Test
  void whatARequestSaysGoesOverTheChatModelsOptionsAndTheRestStays() {
    ObjectNode schema =
        (ObjectNode) Json.parse("{\"type\":\"object\",\"properties\":{\"b\":{},\"a\":{}}}");

    OpenAiChatOptions plain = sent(asked().build());
    OpenAiChatOptions full =
        sent(
            asked()
                .options(
                    LmOptions.builder()
                        .temperature(1.0)
                        .topP(0.5)
                        .maxTokens(77)
                        .stop("END")
                        .build())
                .format(ResponseFormat.jsonSchema("answer", schema))
                .build());

    assertThat(plain.getModel()).isEqualTo("fake");
    assertThat(plain.getTemperature()).isEqualTo(0.3);
    assertThat(plain.getOutputSchema()).isNull();
    assertThat(full.getModel()).isEqualTo("fake");
    assertThat(full.getTemperature()).isEqualTo(1.0);
    assertThat(full.getTopP()).isEqualTo(0.5);
    assertThat(full.getMaxTokens()).isEqualTo(77);
    assertThat(full.getStopSequences()).containsExactly("END");
    assertThat(Json.parse(full.getOutputSchema())).hasToString(schema.toString());
  }

  @Test
  void offersTheRequiredToolOnly() {
    LmRequest both = asked().tools(List.of(CLOCK, tool("other"))).build();

    assertThat(sent(both).getToolCallbacks()).hasSize(2);
    OpenAiChatOptions one = sent(both.toBuilder().requiredTool("other").build());

    assertThat(one.getToolCallbacks()).hasSize(1);
    assertThat(one.getToolCallbacks().get(0).getToolDefinition().name()).isEqualTo("other");
    assertThat(one.getToolCallbacks().get(0).getToolDefinition().inputSchema())
        .isEqualTo("{\"type\":\"object\"}");
  }

  @Test
  void carriesImagesAndThoseOfToolsInAMessageAfterThem() {
    byte[] dot = {1, 2, 3};
    model.call(
        LmRequest.of(
            LmMessage.user(
                MessagePart.text("What is this?"),
                MessagePart.image(dot, "image/png"),
                MessagePart.image(URI.create("https://example.com/cat.jpg"))),
            LmMessage.assistant(MessagePart.toolCall("", "look", "{}")),
            LmMessage.tool(
                MessagePart.toolResult(
                    "", "look", List.of(MessagePart.image(dot, "image/png")), false))));

    var messages = chat.prompts().get(0).getInstructions();
    UserMessage user = (UserMessage) messages.get(0);
    assertThat(user.getText()).isEqualTo("What is this?");
    assertThat(user.getMedia().get(0).getData()).isEqualTo(dot);
    assertThat(user.getMedia().get(1).getData()).isEqualTo("https://example.com/cat.jpg");
    assertThat(user.getMedia().get(1).getMimeType()).hasToString("image/jpeg");
    var result = ((ToolResponseMessage) messages.get(2)).getResponses().get(0);
    assertThat(result.responseData()).isEqualTo("[image 1]");
    assertThat(result.id()).isNotEmpty();
    assertThat(((UserMessage) messages.get(3)).getMedia()).hasSize(1);
  }

  @Test
  void carriesFilesByTheNamesThatProvidersKnowAndTheSameOnesEachTime() {
    LmRequest request =
        LmRequest.of(
            LmMessage.user(
                MessagePart.text("What is said?"),
                MessagePart.file(new byte[] {1, 2}, "audio/mpeg"),
                MessagePart.file(new byte[] {3, 4}, "application/pdf"),
                MessagePart.file(URI.create("https://example.com/a"), "video/mp4")));
    model.call(request);
    model.call(request);

    List<Media> media = media(0);
    assertThat(media)
        .extracting(one -> one.getMimeType().toString())
        .containsExactly("audio/mp3", "application/pdf", "video/mp4");
    assertThat(media.get(0).getDataAsByteArray()).containsExactly(1, 2);
    assertThat(media.get(1).getDataAsByteArray()).containsExactly(3, 4);
    assertThat(media.get(2).getData()).isEqualTo("https://example.com/a");
    assertThat(media(1))
        .extracting(Media::getName)
        .isEqualTo(media.stream().map(Media::getName).toList())
        .doesNotHaveDuplicates();
  }

  private List<Media> media(int prompt) {
    return ((UserMessage) chat.prompts().get(prompt).getInstructions().get(0)).getMedia();
  }

  @Test
  void aFileThatSpringAiWouldSendAsSomethingElseIsAnErrorBeforeTheCall() {
    assertThatThrownBy(
            () ->
                model.call(
                    LmRequest.of(
                        LmMessage.user(MessagePart.file(new byte[] {1}, "application/zip")))))
        .isInstanceOf(LmException.InvalidRequest.class)
        .hasMessageContaining("application/zip");
    assertThat(chat.prompts()).isEmpty();
  }

  @Test
  void offersWhatTheClassOfItsOptionsDoes() {
    assertThat(model.capabilities())
        .isEqualTo(
            Capabilities.builder()
                .jsonSchema(true)
                .toolCalls(true)
                .images(true)
                .files("audio/*", "video/*", "application/pdf")
                .build());
    assertThat(model.withCapabilities(Capabilities.TEXT).capabilities())
        .isEqualTo(Capabilities.TEXT);
    assertThat(
            SpringAiModel.of(prompt -> chat.call(prompt), "own:simple").capabilities().toolCalls())
        .isFalse();
    assertThat(model).hasToString("SpringAiModel[openai:fake]");
  }

  @Test
  void leavesOutWhatTheModelRefusedFromThenOn() {
    FakeChatModel picky =
        new FakeChatModel(
            prompt -> {
              if (prompt.getOptions().getTemperature() != 0.3) {
                throw new FakeStatus(400, "Unsupported value: 'temperature'", null);
              }
              return "fine";
            });
    SpringAiModel model = SpringAiModel.of(picky, "openai:picky");
    LmRequest hot = asked().options(LmOptions.builder().temperature(1.0).build()).build();

    assertThat(model.call(hot).text()).isEqualTo("fine");
    assertThat(model.call(hot).text()).isEqualTo("fine");
    assertThat(picky.prompts()).hasSize(3);
  }

  /** An exception as the libraries of providers have it. */
  public static final class FakeStatus extends RuntimeException {
    private final int status;
    private final String retryAfter;

    FakeStatus(int status, String message, String retryAfter) {
      super(message);
      this.status = status;
      this.retryAfter = retryAfter;
    }

    public int statusCode() {
      return status;
    }

    public FakeHeaders headers() {
      return new FakeHeaders(retryAfter);
    }
  }

  /** Headers as the libraries of providers have them. */
  public record FakeHeaders(String retryAfter) {
    public List<String> values(String name) {
      return name.equals("Retry-After") && retryAfter != null ? List.of(retryAfter) : List.of();
    }
  }

  /** As that of Spring AI's retries, which is told by its name. */
  private static final class TransientAiException extends RuntimeException {
    TransientAiException(String message) {
      super(message);
    }
  }

  static LmException failure(RuntimeException thrown) {
    FakeChatModel failing =
        new FakeChatModel(
            prompt -> {
              throw thrown;
            });
    try {
      SpringAiModel.of(failing, "openai:fake").call(asked().build());
      throw new AssertionError("nothing was thrown");
    } catch (LmException e) {
      return e;
    }
  }

  @Test
  void knowsFailuresByStatusWordsAndConnection() {
    LmException limited = failure(new FakeStatus(429, "429: slow down", "9"));
    assertThat(limited)
        .isInstanceOf(LmException.RateLimited.class)
        .hasMessageContaining("slow down")
        .hasMessageContaining("asks to wait 9 s");
    assertThat(((LmException.Retriable) limited).retryAfter()).contains(Duration.ofSeconds(9));
    assertThat(failure(new TransientAiException("HTTP 503 - {\"error\":\"overloaded\"}")))
        .isInstanceOf(LmException.Unavailable.class)
        .hasMessageContaining("status 503");
    assertThat(failure(new TransientAiException("no answer")))
        .isInstanceOf(LmException.Unavailable.class);
    assertThat(failure(new IllegalStateException(new HttpTimeoutException("late"))))
        .isInstanceOf(LmException.Unavailable.class);
    assertThat(failure(new IllegalStateException(new java.net.SocketTimeoutException("late"))))
        .isInstanceOf(LmException.TimedOut.class);
    assertThat(failure(new IllegalStateException(new java.net.ConnectException("refused"))))
        .isInstanceOf(LmException.Unavailable.class)
        .hasMessageContaining("Maybe the server is not running");
    assertThat(failure(new IllegalStateException("a bug")))
        .isInstanceOf(LmException.ProviderFailed.class);
    assertThat(failure(new FakeStatus(401, "bad key sk-abcdefghijklmnop1234567890", null)))
        .isInstanceOf(LmException.Unauthorized.class)
        .hasMessageNotContaining("sk-abcdefghijklmnop1234567890");
  }

  @Test
  void refusesNothingsAndBlanks() {
    assertThatThrownBy(() -> SpringAiModel.of(null, "a")).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> SpringAiModel.of(chat, " "))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Maybe use vendor:model");
  }
}
