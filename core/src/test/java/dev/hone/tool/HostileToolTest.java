package dev.hone.tool;

import static dev.hone.tool.ToolRunnerTest.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.context.ContextScope;
import dev.hone.context.MissingModelException;
import dev.hone.json.Json;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.ToolSpec;
import dev.hone.program.Predict;
import dev.hone.signature.Signature;
import dev.hone.tool.ToolOutcome.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

@Timeout(30)
class HostileToolTest {
  private static final Duration SHORT = Duration.ofMillis(30);

  private static Tool throwing(Throwable error) {
    return Tool.of("t", "", () -> HostileToolTest.<Error, Object>sneak(error));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable, R> R sneak(Throwable error) throws E {
    throw (E) error;
  }

  private static ToolOutcome one(Tool tool) {
    return ToolRunner.of(List.of(tool)).start().outcomes(List.of(call(tool.name(), "{}"))).get(0);
  }

  private static final class Mute extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no comment");
    }
  }

  static Stream<Throwable> everything() {
    return Stream.of(
        new IllegalStateException("boom"),
        new IOException("boom"),
        new Throwable("boom"),
        new AssertionError("boom"),
        new StackOverflowError(),
        new OutOfMemoryError("boom"),
        new NoClassDefFoundError("boom"),
        new InterruptedException("boom"),
        new NullPointerException(),
        new ExecutionException(null, null),
        new Mute(),
        new LmException.TimedOut("boom", null),
        new ToolException("boom"));
  }

  @ParameterizedTest
  @MethodSource("everything")
  void tellsTheModelWhateverAToolThrows(Throwable error) {
    ToolOutcome outcome = one(throwing(error));

    assertThat(outcome.status()).isEqualTo(Status.FAILED);
    assertThat(outcome.result().isError()).isTrue();
    assertThat(outcome.result().text()).isNotBlank().doesNotContain("\tat ", "HostileToolTest");
  }

  private static int depth(int level) {
    return level < 0 ? level : depth(level + 1) + 1;
  }

  @Test
  void overflowsOnlyTheStackOfTheTool() {
    Tool deep = Tool.of("deep", "", () -> depth(0));

    assertThat(one(deep).result().text())
        .isEqualTo("The tool \"deep\" failed: StackOverflowError.");
  }

  @Test
  void tellsNoCredentials() {
    String text =
        one(throwing(new IOException("401 for Bearer abcdef123456 at https://me:pw@h/x")))
            .result()
            .text();

    assertThat(text).contains("401").doesNotContain("abcdef123456", "pw@");
  }

  static Stream<RuntimeException> fatal() {
    return Stream.of(
        new LmException.BudgetExhausted("spent"),
        new LmException.Unauthorized("no", null),
        new LmException.PaymentRequired("no", null),
        new LmException.Interrupted("no", null));
  }

  @ParameterizedTest
  @MethodSource("fatal")
  void throwsOnWhatEndsTheRunAndCancelsTheOtherCalls(RuntimeException error) {
    CountDownLatch cancelled = new CountDownLatch(1);
    Tool waits = Tool.of("waits", "", () -> waitUntilInterrupted(cancelled));
    ToolRun run =
        ToolRunner.of(List.of(waits, throwing(new RuntimeException("wrapped", error)))).start();

    assertThatThrownBy(() -> run.outcomes(List.of(call("waits", ""), call("t", ""))))
        .isSameAs(error);
    assertThat(cancelled.getCount()).isZero();
  }

  @Test
  void endsTheRunWhereAProgramThatIsAToolHasNoModel() {
    Tool program = Tool.of("ask", "", Predict.of(Signature.parse("question -> answer")));
    ToolRun run = ToolRunner.of(List.of(program)).start();

    assertThatThrownBy(() -> run.outcomes(List.of(call("ask", "{\"question\":\"a\"}"))))
        .isInstanceOf(MissingModelException.class);
  }

  private static Object waitUntilInterrupted(CountDownLatch cancelled) throws InterruptedException {
    try {
      new CountDownLatch(1).await();
      return "never";
    } finally {
      cancelled.countDown();
    }
  }

  @Test
  void endsTheRunWhenAProgramThatIsAToolHasSpentTheBudget() {
    Tool program = Tool.of("ask", "", Predict.of(Signature.parse("question -> answer")));
    Context context =
        Context.builder()
            .lm(FakeModel.answering(request -> "[[ ## answer ## ]]\n1"))
            .budget(Budget.ofCalls(0))
            .build();
    ToolRun run = ToolRunner.of(List.of(program)).start();

    assertThatThrownBy(
            () -> context.call(() -> run.outcomes(List.of(call("ask", "{\"question\":\"a\"}")))))
        .isInstanceOf(LmException.BudgetExhausted.class);
  }

  @Test
  void leavesAToolBehindThatIgnoresItsInterruptAndCallsItNoMoreAfterSomeTimes() {
    AtomicBoolean release = new AtomicBoolean();
    AtomicInteger running = new AtomicInteger();
    Tool stubborn =
        Tool.of(
                "stubborn",
                "",
                () -> {
                  running.incrementAndGet();
                  while (!release.get()) {
                    Thread.onSpinWait();
                  }
                  return "late";
                })
            .timeout(SHORT);
    ToolRun run = ToolRunner.of(List.of(stubborn)).start();
    try {
      List<ToolOutcome> first = run.outcomes(Collections.nCopies(4, call("stubborn", "")));
      List<ToolOutcome> second = run.outcomes(List.of(call("stubborn", "")));

      assertThat(first)
          .allMatch(o -> o.status() == Status.TIMED_OUT)
          .allMatch(o -> o.result().text().contains("left behind"));
      assertThat(second.get(0).status()).isEqualTo(Status.LIMIT_REACHED);
      assertThat(second.get(0).result().text()).contains("4 earlier calls of it still run");
      assertThat(running).hasValue(4);
    } finally {
      release.set(true);
    }
  }

  @Test
  void cutsAHugeResultAndSaysSo() {
    Tool huge = Tool.of("huge", "", () -> "x".repeat(100_000_000)).maxResultChars(50);

    assertThat(one(huge).result().text())
        .isEqualTo("x".repeat(50) + "\n[cut: these are the first 50 of 100,000,000 characters]");
  }

  @Test
  void cutsNoCharacterInHalf() {
    Tool emoji = Tool.of("emoji", "", () -> "a😀😀").maxResultChars(2);

    assertThat(one(emoji).result().text()).startsWith("a\n[cut: these are the first 1 of 5");
  }

  @Test
  void takesNullForAResult() {
    assertThat(one(Tool.of("n", "", () -> null)).result().text()).isEqualTo("null");
    Tool own = tool("own", arguments -> null);
    assertThat(one(own).result().text()).isEqualTo("null");
  }

  private static Tool tool(String name, Tool.Function<ObjectNode> function) {
    return new Tool() {
      @Override
      public ToolSpec spec() {
        return ToolSpec.of(name, "", Json.object().put("type", "object"));
      }

      @Override
      @SuppressWarnings("NullAway") // a tool of the user's may do so
      public ToolOutput call(ObjectNode arguments) throws Exception {
        return (ToolOutput) function.apply(arguments);
      }
    };
  }

  @Test
  void keepsTheCallsAsTheyWereThoughAToolChangesItsArguments() {
    Tool changing =
        tool(
            "changing",
            arguments -> {
              arguments.removeAll();
              return ToolOutput.text("gone");
            });
    ToolCall call = call("changing", "{\"a\": 1}");

    ToolOutcome outcome =
        ToolRunner.of(
                List.of(
                    changing.permission(
                        (name, arguments) -> {
                          arguments.put("a", 2);
                          return true;
                        })))
            .start()
            .outcomes(List.of(call))
            .get(0);

    assertThat(outcome.call()).isEqualTo(MessagePart.toolCall("", "changing", "{\"a\": 1}"));
  }

  @Test
  void endsToolsThatCallThemselvesThroughAgents() {
    AtomicInteger levels = new AtomicInteger();
    AtomicReference<Tool> self = new AtomicReference<>();
    self.set(
        Tool.of(
            "again",
            "",
            () -> {
              levels.incrementAndGet();
              return one(self.get()).result().text();
            }));

    assertThat(one(self.get()).result().text()).contains("as deep as calls may go");
    assertThat(levels).hasValue(16);
  }

  @Test
  void bindsTheContextOfTheCallerWhateverAToolDoesToItsThread() {
    Tool careless =
        Tool.of(
            "careless",
            "",
            () -> {
              ContextScope scope = Context.builder().metadata("tenant", "evil").build().open();
              Thread.currentThread().interrupt();
              return Context.current().metadata().get("tenant") + (scope != null);
            });
    Tool whose = Tool.of("whose", "", () -> Context.current().metadata().get("tenant"));
    ToolRunner runner = ToolRunner.of(List.of(careless, whose));

    IntStream.range(0, 50)
        .parallel()
        .forEach(
            i -> {
              Context mine = Context.builder().metadata("tenant", "t" + i).build();
              List<ToolOutcome> outcomes =
                  mine.call(
                      () ->
                          runner
                              .start()
                              .outcomes(List.of(call("careless", ""), call("whose", ""))));
              assertThat(outcomes.get(1).result().text()).isEqualTo("t" + i);
            });
  }

  @Test
  void closesNoScopeOfTheCaller() {
    Context context = Context.builder().metadata("tenant", "a").build();
    try (ContextScope scope = context.open()) {
      Tool closing =
          Tool.of(
              "closing",
              "",
              () -> {
                scope.close();
                return "closed";
              });

      assertThat(one(closing).status()).isEqualTo(Status.FAILED);
      assertThat(Context.current().metadata()).isEqualTo(Map.of("tenant", "a"));
    }
  }

  @Test
  void anInterruptOfTheCallerEndsTheWorkAtOnce() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch cancelled = new CountDownLatch(2);
    Tool waits =
        Tool.of(
            "waits",
            "",
            () -> {
              begun.countDown();
              return waitUntilInterrupted(cancelled);
            });
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicBoolean flag = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              try {
                ToolRunner.of(List.of(waits))
                    .start()
                    .outcomes(Collections.nCopies(2, call("waits", "")));
              } catch (Throwable e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
              }
            });
    caller.start();
    begun.await();

    caller.interrupt();
    caller.join();

    assertThat(thrown.get()).isInstanceOf(LmException.Interrupted.class);
    assertThat(flag).isTrue();
    assertThat(cancelled.getCount()).isZero();
  }

  @Test
  void anInterruptOfTheCallerNamesWhatIgnoresIt() throws Exception {
    AtomicBoolean release = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    Tool stubborn =
        Tool.of(
            "stubborn",
            "",
            () -> {
              begun.countDown();
              while (!release.get()) {
                Thread.onSpinWait();
              }
              return "late";
            });
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                one(stubborn);
              } catch (Throwable e) {
                thrown.set(e);
              }
            });
    caller.start();
    begun.await();
    try {
      caller.interrupt();
      caller.join();

      assertThat(thrown.get())
          .isInstanceOf(LmException.Interrupted.class)
          .hasMessage("Interrupted while tools ran; stubborn did not end and is left behind");
    } finally {
      release.set(true);
    }
  }

  @Test
  void callsNothingForAThreadThatIsInterruptedAlready() {
    AtomicInteger runs = new AtomicInteger();
    Tool counted = Tool.of("counted", "", runs::incrementAndGet);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> one(counted)).isInstanceOf(LmException.Interrupted.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(runs).hasValue(0);
  }

  @Test
  void runsAtMostAsManyAtOnceAsItMayWithoutCountingTheWaitAsTime() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Tool busy =
        Tool.of(
            "busy",
            "",
            () -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              return now.decrementAndGet();
            });

    List<ToolOutcome> outcomes =
        ToolRunner.of(List.of(busy))
            .maxInFlight(3)
            .start()
            .outcomes(Collections.nCopies(300, call("busy", "")));

    assertThat(outcomes).hasSize(300).allMatch(ToolOutcome::isAnswer);
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void runsNoCallTwiceWhateverIsWrongWithTheOthers() {
    List<String> runs = Collections.synchronizedList(new ArrayList<>());
    record Text(String text) {}
    Tool note = Tool.of("note", "", Text.class, t -> runs.add(t.text()));
    List<ToolCall> calls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      calls.add(
          switch (i % 4) {
            case 0 -> MessagePart.toolCall("id" + i, "note", "{\"text\": \"" + i + "\"}");
            case 1 -> MessagePart.toolCall("id" + i, "nota", "{}");
            case 2 -> MessagePart.toolCall("id" + i, "note", "{\"text\": \"" + i);
            default -> calls.get(i - 3);
          });
    }

    List<ToolOutcome> outcomes = ToolRunner.of(List.of(note)).start().outcomes(calls);

    assertThat(runs).hasSize(50).doesNotHaveDuplicates();
    assertThat(outcomes)
        .extracting(o -> o.call().id())
        .isEqualTo(calls.stream().map(ToolCall::id).toList());
    assertThat(outcomes)
        .extracting(o -> o.result().callId())
        .isEqualTo(calls.stream().map(ToolCall::id).toList());
  }
}
