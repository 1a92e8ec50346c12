package dev.hone.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.signature.Desc;
import dev.hone.tool.ToolOutcome.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ToolRunnerTest {
  record Query(@Desc("what to look for") String query, Optional<Integer> limit) {}

  private static final Tool SEARCH =
      Tool.of("search", "finds passages", Query.class, q -> "found " + q.query() + q.limit());

  static ToolCall call(String name, String arguments) {
    return MessagePart.toolCall("", name, arguments);
  }

  private static List<ToolOutcome> run(List<Tool> tools, ToolCall... calls) {
    return ToolRunner.of(tools).start().outcomes(List.of(calls));
  }

  private static ToolOutcome one(Tool tool, String arguments) {
    return run(List.of(tool), call(tool.name(), arguments)).get(0);
  }

  @Test
  void runsALambdaWithARecordAsArgument() {
    ToolOutcome outcome = one(SEARCH, "{\"query\": \"cats\", \"limit\": \"3\"}");

    assertThat(outcome.status()).isEqualTo(Status.ANSWERED);
    assertThat(outcome.result().text()).isEqualTo("found catsOptional[3]");
    assertThat(outcome.result().isError()).isFalse();
  }

  @Test
  void describesTheArgumentsAsAJsonSchema() {
    assertThat(SEARCH.spec().parameters().toString())
        .contains("\"query\":{\"type\":\"string\",\"description\":\"what to look for\"}");
  }

  @Test
  void keepsTheOrderOfTheCallsWhateverTheOrderInWhichTheyEnd() {
    CountDownLatch second = new CountDownLatch(1);
    Tool first =
        Tool.of(
            "first",
            "",
            () -> {
              second.await();
              return "1";
            });
    Tool last =
        Tool.of(
            "second",
            "",
            () -> {
              second.countDown();
              return "2";
            });

    List<ToolOutcome> outcomes = run(List.of(first, last), call("first", ""), call("second", "{}"));

    assertThat(outcomes).extracting(o -> o.result().text()).containsExactly("1", "2");
  }

  @Test
  void tellsTheModelWhatIsWrongWithACall() {
    assertThat(run(List.of(SEARCH), call("serch", "{}")).get(0).result().text())
        .isEqualTo("There is no tool \"serch\". Did you mean \"search\"? The tools are: search.");
    assertThat(one(SEARCH, "{\"query\": \"a\", \"limit\": \"many\"}").result().text())
        .contains("limit: found \"many\", expected whole number");
    assertThat(one(SEARCH, "{\"query\": \"a\", \"limt\": 3}").result().text()).contains("limit");
    assertThat(one(SEARCH, "{}").result().text()).contains("query: the value is missing");
    assertThat(one(SEARCH, "cats").status()).isEqualTo(Status.BAD_ARGUMENTS);
  }

  @Test
  void cancelsAToolThatTakesTooLong() {
    CountDownLatch interrupted = new CountDownLatch(1);
    Tool slow =
        Tool.of(
                "slow",
                "",
                () -> {
                  try {
                    new CountDownLatch(1).await();
                  } finally {
                    interrupted.countDown();
                  }
                  return "";
                })
            .timeout(Duration.ofMillis(30));

    ToolOutcome outcome = one(slow, "");

    assertThat(outcome.status()).isEqualTo(Status.TIMED_OUT);
    assertThat(outcome.result().text()).contains("30 milliseconds").doesNotContain("left behind");
    assertThat(interrupted.getCount()).isZero();
  }

  @Test
  void runsEveryCallOnceAndAtMostAsOftenAsIsAllowed() {
    AtomicInteger runs = new AtomicInteger();
    Tool counted = Tool.of("counted", "", runs::incrementAndGet).maxCalls(3);
    ToolCall[] calls =
        IntStream.range(0, 5)
            .mapToObj(i -> MessagePart.toolCall("id" + i / 2, "counted", "{}"))
            .toArray(ToolCall[]::new);

    List<ToolOutcome> outcomes = run(List.of(counted), calls);

    assertThat(runs).hasValue(3);
    assertThat(outcomes).allMatch(ToolOutcome::isAnswer);
    assertThat(outcomes.get(0).result().text()).isEqualTo(outcomes.get(1).result().text());
  }

  @Test
  void readsToolsFromAnnotatedMethods() {
    class Orders {
      @ToolMethod("adds")
      Map<String, Integer> sum(int a, @Desc("the other") int b) {
        return Map.of("sum", a + b);
      }
    }
    List<Tool> tools = Tools.of(new Orders());

    assertThat(run(tools, call("sum", "{\"a\": 1, \"b\": \"2\"}")).get(0).result().text())
        .isEqualTo("{\"sum\":3}");
  }

  @Test
  void refusesTwoToolsOfOneName() {
    assertThatThrownBy(() -> ToolRunner.of(List.of(SEARCH, SEARCH)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Two tools have the name \"search\"");
  }
}
