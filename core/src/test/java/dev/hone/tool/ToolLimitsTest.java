package dev.hone.tool;

import static dev.hone.tool.ToolRunnerTest.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.context.Interceptor;
import dev.hone.history.Verbose;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.observe.Span;
import dev.hone.signature.Argument;
import dev.hone.tool.ToolOutcome.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ToolLimitsTest {
  record Payment(String to, @Argument(defaultValue = "10") int amount) {}

  private final AtomicInteger paid = new AtomicInteger();
  private final Tool pay =
      Tool.of("pay", "pays", Payment.class, payment -> paid.addAndGet(payment.amount()));

  private static ToolOutcome one(Tool tool, String arguments) {
    return ToolRunner.of(List.of(tool))
        .start()
        .outcomes(List.of(call(tool.name(), arguments)))
        .get(0);
  }

  @Test
  void asksForPermissionWithTheArgumentsAsTheToolUnderstandsThem() {
    List<String> asked = new ArrayList<>();
    Tool careful =
        pay.permission(
            (tool, arguments) -> {
              asked.add(tool + arguments);
              return arguments.path("amount").intValue() < 50;
            });

    ToolOutcome small = one(careful, "{\"TO\": \"me\"}");
    ToolOutcome large = one(careful, "{\"to\": \"me\", \"amount\": \"99\"}");

    assertThat(small.isAnswer()).isTrue();
    assertThat(large.status()).isEqualTo(Status.DENIED);
    assertThat(large.result().text())
        .isEqualTo("The call of \"pay\" was not allowed. Go on without it.");
    assertThat(asked)
        .containsExactly("pay{\"to\":\"me\",\"amount\":10}", "pay{\"to\":\"me\",\"amount\":99}");
    assertThat(paid).hasValue(10);
  }

  @Test
  void aPermissionThatThrowsDeniesWithItsMessage() {
    Tool careful =
        pay.permission(
            (tool, arguments) -> {
              throw new IllegalStateException("the cashier is closed.");
            });

    assertThat(one(careful, "{\"to\": \"me\"}").result().text())
        .isEqualTo(
            "The call of \"pay\" was not allowed: IllegalStateException: the cashier is closed. Go"
                + " on without it.");
    assertThat(paid).hasValue(0);
  }

  private static Interceptor vetoing(List<String> seen) {
    return new Interceptor() {
      @Override
      public void beforeCall(LmRequest request, Map<String, String> metadata) {}

      @Override
      public void beforeTool(ToolCall call, Map<String, String> metadata) {
        seen.add(call.name() + metadata);
        if (call.arguments().contains("evil")) {
          throw new SecurityException("not for evil");
        }
      }
    };
  }

  @Test
  void anInterceptorMayVetoACallAndTheRunGoesOn() {
    List<String> seen = new ArrayList<>();
    Context context = Context.builder().metadata("tenant", "a").interceptor(vetoing(seen)).build();

    ToolOutcome vetoed = context.call(() -> one(pay, "{\"to\": \"evil\"}"));
    ToolOutcome good = context.call(() -> one(pay, "{\"to\": \"me\"}"));

    assertThat(vetoed.status()).isEqualTo(Status.DENIED);
    assertThat(vetoed.result().text()).contains("not for evil");
    assertThat(good.isAnswer()).isTrue();
    assertThat(seen).containsExactly("pay{tenant=a}", "pay{tenant=a}");
  }

  @Test
  void anInterruptWhilePermissionIsAskedEndsTheRun() {
    Tool asking =
        pay.permission(
            (tool, arguments) -> {
              Thread.currentThread().interrupt();
              throw new IllegalStateException("interrupted");
            });

    assertThatThrownBy(() -> one(asking, "{\"to\": \"me\"}"))
        .isInstanceOf(LmException.Interrupted.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void countsCallsByRunAndOnlyThoseThatWereMade() {
    ToolRunner runner = ToolRunner.of(List.of(pay.maxCalls(2)));
    ToolRun run = runner.start();
    ToolCall good = call("pay", "{\"to\": \"me\"}");

    List<ToolOutcome> first = run.outcomes(List.of(call("pay", "{}"), good));
    List<ToolOutcome> second = run.outcomes(List.of(good, good));

    assertThat(first)
        .extracting(ToolOutcome::status)
        .containsExactly(Status.BAD_ARGUMENTS, Status.ANSWERED);
    assertThat(second)
        .extracting(ToolOutcome::status)
        .containsExactly(Status.ANSWERED, Status.LIMIT_REACHED);
    assertThat(second.get(1).result().text())
        .isEqualTo(
            "The tool \"pay\" was called 2 times, which is as often as it may be. Go on without it.");
    assertThat(run.calls("pay")).isEqualTo(2);
    assertThat(runner.start().outcomes(List.of(good)).get(0).isAnswer()).isTrue();
  }

  @Test
  void limitsChangeACopyOnly() {
    Tool other = pay.timeout(Duration.ofSeconds(1)).maxCalls(3).withName("send");

    assertThat(pay.limits()).isEqualTo(ToolLimits.defaults());
    assertThat(other.limits().toString()).isEqualTo("ToolLimits[PT1S, 3 calls, 20000 characters]");
    assertThat(other.name()).isEqualTo("send");
    assertThat(other.withDescription("sends").spec().description()).isEqualTo("sends");
    assertThat(one(other, "{\"to\": \"me\"}").isAnswer()).isTrue();
    assertThatThrownBy(() -> pay.timeout(Duration.ZERO))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The timeout of a tool (PT0S) is not positive");
  }

  @Test
  void tellsListenersOfStartsAndEndsWithinTheStep() {
    List<ToolEvent> events = Collections.synchronizedList(new ArrayList<>());
    Span step = Span.none(Clock.systemUTC()).child();
    Context context =
        Context.builder()
            .listener(
                (event, metadata) -> {
                  if (event instanceof ToolEvent tool) {
                    events.add(tool);
                  }
                })
            .build()
            .within(step);

    context.call(() -> one(pay, "{\"to\": \"me\"}"));
    context.call(() -> one(pay, "{}"));

    assertThat(events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("CallStarted", "CallEnded", "CallEnded");
    assertThat(events).allMatch(event -> event.stamp().parentId() == step.id());
    assertThat(events.get(0).stamp().id()).isEqualTo(events.get(1).stamp().id());
    assertThat(events.get(2).stamp().id()).isNotEqualTo(events.get(1).stamp().id());
  }

  @Test
  void verboseShowsCallsOfToolsWithThoseOfModels() {
    ByteArrayOutputStream without = new ByteArrayOutputStream();
    ByteArrayOutputStream with = new ByteArrayOutputStream();
    Context context =
        Context.builder()
            .listener(Verbose.to(new PrintStream(without, true, StandardCharsets.UTF_8)))
            .listener(Verbose.to(new PrintStream(with, true, StandardCharsets.UTF_8)).withCalls())
            .build();

    context.call(() -> one(pay, "{\"to\": \"me\", \"api_key\": \"sk-abcdefghijk\"}"));

    assertThat(without.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(with.toString(StandardCharsets.UTF_8))
        .contains("tool pay called with {\"to\": \"me\"", "tool pay answered in")
        .doesNotContain("abcdefghijk");
  }
}
