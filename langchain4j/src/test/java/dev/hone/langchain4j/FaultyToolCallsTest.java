package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.testkit.FaultyServer;
import dev.hone.testkit.FaultyServer.Fault;
import dev.hone.tool.Tool;
import dev.hone.tool.ToolOutcome;
import dev.hone.tool.ToolOutcome.Status;
import dev.hone.tool.ToolRunner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What misbehaving models call, all the way from the wire to the tools. */
class FaultyToolCallsTest {
  record Query(String query, int limit) {}

  private final AtomicInteger runs = new AtomicInteger();
  private final Tool search =
      Tool.of("search", "finds", Query.class, q -> runs.incrementAndGet() + q.query());

  private static Status expected(Fault fault) {
    return switch (fault) {
      case MALFORMED_ARGUMENTS, CALL_CUT_OFF, TWO_CALLS_IN_ONE -> Status.BAD_ARGUMENTS;
      case UNKNOWN_TOOL -> Status.UNKNOWN_TOOL;
      default -> Status.ANSWERED;
    };
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {
        "NONE",
        "MALFORMED_ARGUMENTS",
        "UNKNOWN_TOOL",
        "DUPLICATE_IDS",
        "EMPTY_IDS",
        "CALL_CUT_OFF",
        "TWO_CALLS_IN_ONE",
        "CALLS_AND_TEXT"
      })
  void everyCallEndsInAResultAndRunsAtMostOnce(Fault fault) {
    try (FaultyServer server = new FaultyServer(Duration.ZERO, (text, attempt) -> fault)) {
      LangChain4jModel model = OpenAiModels.openAiCompatible("tiny", server.baseUrl(), null);
      LmRequest request =
          LmRequest.builder()
              .messages(List.of(LmMessage.user("cats")))
              .tools(List.of(search.spec()))
              .build();

      LmResponse reply = model.call(request);
      List<ToolCall> calls =
          reply.parts().stream()
              .filter(ToolCall.class::isInstance)
              .map(ToolCall.class::cast)
              .toList();
      List<ToolOutcome> outcomes = ToolRunner.of(List.of(search)).start().outcomes(calls);

      assertThat(server.count(fault)).isEqualTo(1);
      assertThat(calls).hasSize(fault == Fault.DUPLICATE_IDS ? 2 : 1);
      assertThat(outcomes).extracting(ToolOutcome::status).containsOnly(expected(fault));
      assertThat(runs).hasValue(expected(fault) == Status.ANSWERED ? 1 : 0);
      assertThat(reply.text()).isEqualTo(fault == Fault.CALLS_AND_TEXT ? "echo cats" : "");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"NONE", "DUPLICATE_IDS", "EMPTY_IDS"})
  void theConversationGoesOnWithTheResults(Fault fault) {
    Tool submit = Tool.of("submit", "answers", Query.class, Query::query);
    try (FaultyServer server = new FaultyServer(Duration.ZERO, (text, attempt) -> fault)) {
      LangChain4jModel model = OpenAiModels.openAiCompatible("tiny", server.baseUrl(), null);
      ToolRunner runner = ToolRunner.of(List.of(search, submit));
      LmRequest first =
          LmRequest.builder()
              .messages(List.of(LmMessage.user("cats")))
              .tools(runner.specs())
              .build();
      List<MessagePart> called = model.call(first).parts();
      List<ToolOutcome> outcomes =
          runner
              .start()
              .outcomes(
                  called.stream()
                      .filter(ToolCall.class::isInstance)
                      .map(ToolCall.class::cast)
                      .toList());

      LmResponse last =
          model.call(
              first.withMessages(
                  List.of(
                      LmMessage.user("cats"),
                      LmMessage.of(LmMessage.Role.ASSISTANT, called),
                      LmMessage.of(
                          LmMessage.Role.TOOL,
                          outcomes.stream().map(ToolOutcome::result).toList()))));

      assertThat(last.parts().stream().filter(ToolCall.class::isInstance))
          .allMatch(part -> ((ToolCall) part).name().equals("submit"));
    }
  }
}
