package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ReplyListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** K-H: replies in other shapes than the plainest are read, or are failures of the right kind. */
class CompletionShapesTest {
  private static final LmRequest REQUEST = LmRequest.of(LmMessage.user("hi"));

  private static final String DONE = "data: [DONE]\n\n";

  /** Makes a call stream. */
  private static final ReplyListener TOLD =
      new ReplyListener() {
        @Override
        public void onText(String delta) {}
      };

  private static LmResponse reply(String headers, byte[] body) {
    try (RawServer server = new RawServer((number, out) -> RawServer.reply(out, headers, body))) {
      return OpenAiModels.openAiCompatible("tiny", server.baseUrl(), null).call(REQUEST);
    }
  }

  private static LmResponse reply(String body) {
    return reply("", body.getBytes(StandardCharsets.UTF_8));
  }

  private static LmResponse streamed(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (RawServer server = new RawServer((number, out) -> RawServer.reply(out, "", bytes))) {
      return OpenAiModels.openAiCompatible("tiny", server.baseUrl(), null).call(REQUEST, TOLD);
    }
  }

  private static String whole(String message) {
    return "{\"choices\": [{\"message\": " + message + ", \"finish_reason\": \"stop\"}]}";
  }

  private static String event(String delta, String more) {
    return "data: {\"choices\": [{\"delta\": " + delta + more + "}]}\n\n";
  }

  /** What comes whole, and has to be the same when it is streamed. */
  private static LmResponse said(String message) {
    LmResponse reply = reply(whole(message));
    String events = event(message, "") + event("{}", ", \"finish_reason\": \"stop\"");
    for (String body : List.of(events + DONE, " \n" + whole(message))) {
      LmResponse streamed = streamed(body);
      assertThat(streamed.text()).isEqualTo(reply.text());
      assertThat(streamed.reasoning()).isEqualTo(reply.reasoning());
      assertThat(streamed.stopReason()).isEqualTo(reply.stopReason());
      assertThat(streamed.parts()).hasSameSizeAs(reply.parts());
    }
    return reply;
  }

  private static LmException failure(String body) {
    return catchThrowableOfType(LmException.class, () -> reply(body));
  }

  private static LmException streamFailure(String body) {
    return catchThrowableOfType(LmException.class, () -> streamed(body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"content\": \"hello\"}",
        "{\"role\": \"assistant\", \"content\": \"hello\", \"refusal\": null, \"tool_calls\": null}",
        "{\"content\": [\"hel\", \"lo\"]}",
        "{\"content\": [{\"type\": \"text\", \"text\": \"hel\"}, {\"type\": \"text\", \"text\": \"lo\"}]}",
        "{\"content\": [{\"type\": \"output_text\", \"text\": \"hello\"}]}",
        "{\"content\": [{\"type\": \"text\", \"text\": {\"value\": \"hello\"}}]}",
        "{\"content\": [{\"type\": \"thinking\", \"thinking\": \"hm\"}, {\"type\": \"text\", \"text\": \"hello\"}]}",
        "{\"content\": \"hello\", \"reasoning_content\": \"hm\"}",
        "{\"content\": \"hello\", \"refusal\": \"\"}"
      })
  void readsContentInAnyShape(String message) {
    assertThat(said(message).text()).isEqualTo("hello");
  }

  @Test
  void writesContentThatIsJsonAsJson() {
    assertThat(said("{\"content\": {\"answer\": 4}}").text()).isEqualTo("{\"answer\":4}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"content\": null, \"reasoning_content\": \"the sections\"}",
        "{\"content\": \"\", \"reasoning_content\": \"the sections\"}",
        "{\"reasoning_content\": \"the sections\"}",
        "{\"content\": null, \"reasoning\": \"the sections\"}",
        "{\"content\": \"\", \"thinking\": \"the sections\"}",
        "{\"content\": null, \"reasoning_content\": null, \"reasoning\": \"the sections\"}",
        "{\"content\": [{\"type\": \"thinking\", \"thinking\": [{\"type\": \"text\", \"text\": \"the sections\"}]}]}"
      })
  void givesThoughtsWithoutContentAsReasoning(String message) {
    LmResponse response = said(message);

    assertThat(response.text()).isEmpty();
    assertThat(response.reasoning()).isEqualTo("the sections");
    assertThat(response.stopReason()).isEqualTo(StopReason.STOP);
  }

  @ParameterizedTest
  @CsvSource({
    "\"stop\", STOP",
    "\"length\", LENGTH",
    "\"content_filter\", CONTENT_FILTER",
    "\"tool_calls\", TOOL_CALLS",
    "\"function_call\", TOOL_CALLS",
    "null, OTHER",
    "\"max_tokens\", LENGTH",
    "\"MAX_TOKENS\", LENGTH",
    "\"model_length\", LENGTH",
    "\"end_turn\", STOP",
    "\"eos\", STOP",
    "\"STOP\", STOP",
    "\"SAFETY\", CONTENT_FILTER",
    "\"tool_use\", TOOL_CALLS",
    "\"whatever\", OTHER",
    "7, OTHER"
  })
  void knowsWhyAReplyEndedInTheWordsOfOtherProtocols(String reason, StopReason expected) {
    LmResponse response =
        reply(
            "{\"choices\": [{\"message\": {\"content\": \"hello\"}, \"finish_reason\": %s}]}"
                .formatted(reason));

    assertThat(response.stopReason()).isEqualTo(expected);
    assertThat(
            streamed(event("{\"content\": \"hello\"}", ", \"finish_reason\": " + reason) + DONE)
                .stopReason())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choices\": [{\"text\": \"hello\"}]}",
        "{\"choices\": [{\"delta\": {\"content\": \"hello\"}}]}",
        "{\"choices\": [{\"message\": {\"content\": \"hello\"}}, {\"message\": {\"content\": \"b\"}}]}",
        "{\"id\": 7, \"created\": 1.5, \"model\": null, \"object\": [], \"usage\": null, \"choices\": [{\"index\": \"0\", \"message\": {\"content\": \"hello\"}}]}",
        "{\"error\": null, \"choices\": [{\"message\": {\"content\": \"hello\"}}]}",
        "\n\n  {\"choices\": [{\"message\": {\"content\": \"hello\"}}]}\n",
        "\uFEFF{\"choices\": [{\"message\": {\"content\": \"hello\"}}]}"
      })
  void readsACompletionWhateverStandsAroundIt(String body) {
    assertThat(reply(body).text()).isEqualTo("hello");
  }

  @Test
  void countsTokensUnderEitherNameAndOnlyWhatIsStated() {
    String choices = "\"choices\": [{\"message\": {\"content\": \"x\"}}]";

    assertThat(
            reply(
                    "{%s, \"usage\": {\"prompt_tokens\": 5, \"completion_tokens\": 2.0, \"x\": []}}"
                        .formatted(choices))
                .usage()
                .totalTokens())
        .isEqualTo(7);
    assertThat(
            reply("{%s, \"usage\": {\"input_tokens\": 5, \"output_tokens\": 2}}".formatted(choices))
                .usage()
                .totalTokens())
        .isEqualTo(7);
    assertThat(reply("{%s, \"usage\": {}}".formatted(choices)).usage().known()).isFalse();
    assertThat(reply("{%s}".formatted(choices)).usage().known()).isFalse();
  }

  @Test
  void givesToolCallsWithoutContent() {
    LmResponse response =
        said(
            "{\"content\": null, \"tool_calls\": [{\"id\": \"1\", \"function\": {\"name\": \"f\","
                + " \"arguments\": {\"a\": 1}}}]}");

    assertThat(response.parts()).containsExactly(MessagePart.toolCall("1", "f", "{\"a\":1}"));
    assertThat(said("{\"function_call\": {\"name\": \"f\", \"arguments\": \"{}\"}}").parts())
        .singleElement()
        .isInstanceOf(MessagePart.ToolCall.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"content\": null, \"refusal\": \"I will not.\"}",
        "{\"refusal\": \"I will not.\"}",
        "{\"content\": \"\", \"refusal\": \"I will not.\"}",
        "{\"content\": [{\"type\": \"refusal\", \"refusal\": \"I will not.\"}]}"
      })
  void aRefusalIsARefusedContent(String message) {
    for (LmException error :
        List.of(
            failure(whole(message)),
            failure(event(message, "") + DONE),
            streamFailure(whole(message)),
            streamFailure(event(message, ", \"finish_reason\": \"stop\"")),
            streamFailure(event(message, "") + DONE))) {
      assertThat(error)
          .isInstanceOf(LmException.ContentRefused.class)
          .hasMessageContaining("I will not.");
    }
  }

  @Test
  void aRefusalThatIsStreamedIsToldWhole() {
    String pieces =
        event("{\"role\": \"assistant\", \"content\": null, \"refusal\": \"\"}", "")
            + event("{\"refusal\": \"I will\"}", "")
            + event("{\"refusal\": \" not.\"}", "")
            + event("{}", ", \"finish_reason\": \"stop\"");

    assertThat(streamFailure(pieces))
        .isInstanceOf(LmException.ContentRefused.class)
        .hasMessageContaining("I will not.");
  }

  @Test
  void readsAStreamOfLinesOfJson() {
    String first = event("{\"content\": \"hel\"}", "").substring(6).strip() + "\n";
    String last =
        event("{\"content\": \"lo\"}", ", \"finish_reason\": \"stop\"").substring(6).strip();

    assertThat(streamed(first + last).text()).isEqualTo("hello");
    assertThat(streamFailure(first + first)).isInstanceOf(LmException.Unavailable.class);
  }

  @Test
  void toolCallsAreJoinedWhateverTheirPiecesLack() {
    String pieces =
        event(
                "{\"tool_calls\": [{\"index\": 0, \"id\": \"1\", \"function\": {\"name\": \"f\"}}]}",
                "")
            + event(
                "{\"tool_calls\": [{\"index\": 0, \"function\": {\"arguments\": \"{\\\"a\\\":\"}}]}",
                "")
            + event("{\"tool_calls\": [{\"index\": 0, \"function\": {\"arguments\": \"1}\"}}]}", "")
            + event(
                "{\"tool_calls\": [{\"index\": 1, \"id\": \"2\", \"function\": {\"name\": \"g\","
                    + " \"arguments\": {\"b\": 2}}}]}",
                ", \"finish_reason\": \"tool_use\"")
            + DONE;

    LmResponse reply = streamed(pieces);

    assertThat(reply.parts())
        .containsExactly(
            MessagePart.toolCall("1", "f", "{\"a\":1}"),
            MessagePart.toolCall("2", "g", "{\"b\":2}"));
    assertThat(reply.stopReason()).isEqualTo(StopReason.TOOL_CALLS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"choices\": [{\"delta\": {\"role\": \"assistant\"}}]}\n\ndata: {\"choices\": [{\"delta\": {\"content\": \"hel\"}}]}\n\ndata: {\"choices\": [{\"delta\": {\"content\": \"lo\"}}]}\n\ndata: {\"choices\": [{\"delta\": {}, \"finish_reason\": \"stop\"}]}\n\ndata: [DONE]\n\n",
        ": PROCESSING\n\ndata: {\"choices\": [{\"delta\": {\"content\": \"hello\"}}]}\r\n\r\ndata: [DONE]\r\n",
        "data: {\"choices\": [{\"message\": {\"content\": \"hello\"}, \"finish_reason\": \"stop\"}]}\n\n",
        "event: message\ndata: {\"choices\": [{\"delta\": {\"content\": \"hello\"}, \"finish_reason\": \"stop\"}], \"usage\": {\"prompt_tokens\": 1, \"completion_tokens\": 1}}\n"
      })
  void readsAStreamThatNobodyAskedFor(String body) {
    assertThat(reply(body).text()).isEqualTo("hello");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\": {\"message\": \"Rate limit reached\"}} | RateLimited",
        "{\"error\": {\"message\": \"slow down\", \"code\": 429}} | RateLimited",
        "{\"error\": {\"message\": \"slow down\", \"code\": \"rate_limit_exceeded\"}} | RateLimited",
        "{\"error\": \"The server is overloaded, try again\"} | Unavailable",
        "{\"error\": {\"message\": \"x\", \"type\": \"server_error\"}} | Unavailable",
        "{\"error\": \"model is loading\"} | Unavailable",
        "{\"error\": {\"message\": \"x\", \"type\": \"insufficient_quota\"}} | PaymentRequired",
        "{\"error\": {\"message\": \"Insufficient Balance\"}} | PaymentRequired",
        "{\"error\": {\"message\": \"Incorrect API key provided\"}} | Unauthorized",
        "{\"error\": {\"message\": \"maximum context length is 10\"}} | ContextWindowExceeded",
        "{\"error\": {\"message\": \"no such model\"}} | InvalidRequest",
        "{\"choices\": [{\"error\": {\"message\": \"upstream\", \"code\": 502}}]} | Unavailable",
        "data: {\"error\": {\"message\": \"Rate limit reached\"}} | RateLimited",
        "<html>login</html> | InvalidRequest",
        "{\"choices\": []} | Unavailable",
        "{} | InvalidRequest"
      })
  void whatIsNoCompletionIsAFailureOfItsKind(String body, String type) {
    assertThat(failure(body).getClass().getSimpleName()).isEqualTo(type);
    if (body.startsWith("{")) {
      assertThat(streamFailure(body).getClass().getSimpleName()).isEqualTo(type);
    }
  }

  @ParameterizedTest
  @CsvSource({"gzip, gzip", "gzip, x-gzip", "gzip, identity", "deflate, deflate"})
  void unpacksACompressedReply(String kind, String header) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var out =
        kind.equals("gzip") ? new GZIPOutputStream(packed) : new DeflaterOutputStream(packed)) {
      out.write(
          "{\"choices\": [{\"message\": {\"content\": \"hällo\"}}]}"
              .getBytes(StandardCharsets.UTF_8));
    }

    assertThat(reply("Content-Encoding: " + header + "\r\n", packed.toByteArray()).text())
        .isEqualTo("hällo");
  }

  @Test
  void aCompressedReplyThatIsCutOffMayComeWholeNextTime() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write("{\"choices\": []}".repeat(10).getBytes(StandardCharsets.UTF_8));
    }
    byte[] half = java.util.Arrays.copyOf(packed.toByteArray(), packed.size() / 2);

    assertThat(
            catchThrowableOfType(
                LmException.class, () -> reply("Content-Encoding: gzip\r\n", half)))
        .isInstanceOf(LmException.Unavailable.class);
  }
}
