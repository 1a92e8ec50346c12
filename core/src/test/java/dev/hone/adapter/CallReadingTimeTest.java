package dev.hone.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.prompt.Prompt;
import dev.hone.prompt.Trajectory;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Long replies, of a megabyte with -Dhone.reading.chars=1000000, that a reader of calls might need
 * more than linear time for.
 */
class CallReadingTimeTest {
  private static final int CHARS = Integer.getInteger("hone.reading.chars", 100_000);
  private static final double MOST_SECONDS = 6;

  static List<String> units() {
    return List.of(
        "<tool_call>",
        "</tool_call>",
        "<tool_call>{",
        "<tool_call>{\"name\":\"a\",\"arguments\":{}}</tool_call>\n",
        "<tool_call>{\"name\":\"a\",\"arguments\":{}}\n",
        "<tool_call>a<arg_key>b</arg_key><arg_value>c",
        "<function=a>",
        "<function=a><parameter=b>",
        "<function=a><parameter=b>c</parameter></function>",
        "<function_calls><invoke name=\"a\">",
        "[TOOL_CALLS]",
        "[TOOL_CALLS]a[ARGS]{}",
        "[TOOL_CALLS]a(b=",
        "<|python_tag|>a(b=\"",
        "<｜tool▁call▁begin｜>a<｜tool▁sep｜>{",
        "<|tool_call_begin|>a:0<|tool_call_argument_begin|>{}",
        "Action: a\n",
        "Action: a\nAction Input: {\"b\":\n",
        "Action: a\nAction Input: {}\nObservation: c\n",
        "Observation:\n",
        "Thought:\n",
        "to=functions.a ",
        "to=functions.a {",
        "a(b=\"c\"), ",
        "[a(b=(",
        "{\"name\":\"a\",\"arguments\":{}}\n",
        "{\"tool\":\"a\",\"arguments\":{\"x\":",
        "```json\n{\"name\":\"a\",\"arguments\":{}}\n```\n",
        "`<tool_call>",
        "<|channel|>commentary to=functions.a<|message|>",
        "[[ ## results ## ]]\n[]\n",
        "[[ ## thought ## ]]\nx\n[[ ## calls ## ]]\n[]\n");
  }

  @ParameterizedTest
  @MethodSource("units")
  void aLongReplyIsReadOrRefusedInTime(String unit) {
    Prompt prompt = ToolTask.prompt(Trajectory.empty().plus(ToolTask.turn("Hm.", "x", "y")));
    String text = unit.repeat(CHARS / unit.length());

    for (boolean byParts : List.of(false, true)) {
      assertThat(seconds(prompt.withCallsByParts(byParts), text)).isLessThan(MOST_SECONDS);
      assertThat(
              seconds(
                  prompt,
                  "[[ ## thought ## ]]\n\n[[ ## calls ## ]]\n" + text + "\n[[ ## completed ## ]]"))
          .isLessThan(MOST_SECONDS);
    }
  }

  /** The processor time that reading takes, so that a busy machine does not count. */
  private static double seconds(Prompt prompt, String text) {
    var clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    try {
      Adapter.chat().parse(prompt, ToolTask.reply(text));
    } catch (ReplyFormatException refused) {
      assertThat(refused.getMessage()).hasSizeLessThan(1_000);
    }
    return (clock.getCurrentThreadCpuTime() - start) / 1e9;
  }
}
