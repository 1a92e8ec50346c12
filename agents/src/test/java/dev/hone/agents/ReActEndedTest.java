package dev.hone.agents;

import static dev.hone.testkit.ScriptedTurn.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.context.ContextBuilder;
import dev.hone.lm.LmException;
import dev.hone.testkit.ScriptedModel;
import dev.hone.tool.Tool;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends an agent's run from outside: it is thrown as it is, with the work so far. */
@Timeout(60)
class ReActEndedTest {
  record Query(String query) {}

  private final Tool search = Tool.of("search", "finds", Query.class, query -> "found");

  private final ScriptedModel endless =
      ScriptedModel.calling(
          request -> call("search", "{\"query\": \"%d\"}".formatted(request.messages().size())));

  private static AgentResult<?> answer(DynamicReAct agent, ContextBuilder context) {
    return context.build().call(() -> agent.answer(java.util.Map.of("question", "What?")));
  }

  @Test
  void aSpentBudgetIsThrownAsItIsWithTheWorkSoFar() {
    DynamicReAct agent = ReAct.of("question -> answer", search);

    Throwable end =
        catchThrowable(
            () -> answer(agent, Context.builder().lm(endless).budget(Budget.ofCalls(3))));

    assertThat(end).isInstanceOf(LmException.BudgetExhausted.class);
    AgentWork work = UnfinishedAgentException.workOf(end).orElseThrow();
    assertThat(work.turns()).isEqualTo(3);
    assertThat(work.trajectory().turns()).hasSize(3);
    assertThat(work.toolCalls()).isEqualTo(3);
  }

  @Test
  void aRefusedCredentialIsThrownAsItIs() {
    AtomicInteger asked = new AtomicInteger();
    ScriptedModel model =
        ScriptedModel.replying(
                request -> {
                  if (asked.incrementAndGet() == 2) {
                    throw new LmException.Unauthorized("no such key", null);
                  }
                  return endless.call(request);
                })
            .withCapabilities(endless.capabilities());

    assertThatThrownBy(
            () -> answer(ReAct.of("question -> answer", search), Context.builder().lm(model)))
        .isInstanceOf(LmException.Unauthorized.class);
  }

  @Test
  void aVetoIsThrownAsItIsWithTheWorkSoFar() {
    AtomicInteger asked = new AtomicInteger();
    ContextBuilder context =
        Context.builder()
            .lm(endless)
            .interceptor(
                (request, metadata) -> {
                  if (asked.incrementAndGet() == 2) {
                    throw new IllegalStateException("not today");
                  }
                });

    Throwable end = catchThrowable(() -> answer(ReAct.of("question -> answer", search), context));

    assertThat(end).isInstanceOf(LmException.Vetoed.class).hasMessageContaining("not today");
    assertThat(UnfinishedAgentException.workOf(end).orElseThrow().turns()).isEqualTo(1);
  }

  @Test
  void aBudgetThatAProgramAmongTheToolsSpendsEndsTheRun() {
    DynamicReAct inner = ReAct.of("question -> answer", search);
    Tool research =
        Tool.of(
            "search",
            "asks an agent",
            Query.class,
            query -> inner.run(java.util.Map.of("question", query.query())).toString());

    Throwable end =
        catchThrowable(
            () ->
                answer(
                    ReAct.of("question -> answer", research),
                    Context.builder().lm(endless).budget(Budget.ofCalls(5))));

    assertThat(end).isInstanceOf(LmException.BudgetExhausted.class);
    assertThat(end.getSuppressed()).hasSize(2);
    AgentWork work = UnfinishedAgentException.workOf(end).orElseThrow();
    assertThat(work.turns()).isEqualTo(1);
    assertThat(work.toolCalls()).isEqualTo(1);
    assertThat(work.spend().lmCalls()).isEqualTo(5);
  }

  @Test
  void anInterruptEndsTheRunThoughAToolIsAtWork() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    Tool hanging =
        Tool.of(
            "search",
            "never returns",
            Query.class,
            query -> {
              started.countDown();
              new CountDownLatch(1).await();
              return "";
            });
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread thread =
        new Thread(
            () ->
                end.set(
                    catchThrowable(
                        () ->
                            answer(
                                ReAct.of("question -> answer", hanging),
                                Context.builder().lm(endless)))));
    thread.start();
    started.await();

    thread.interrupt();
    thread.join();

    assertThat(end.get()).isInstanceOf(LmException.Interrupted.class);
    assertThat(UnfinishedAgentException.workOf(end.get()).orElseThrow().turns()).isEqualTo(1);
  }

  @Test
  void aToolThatNeverReturnsIsCancelledAndTheModelIsTold() {
    CountDownLatch cancelled = new CountDownLatch(1);
    Tool hanging =
        Tool.of(
                "search",
                "never returns",
                Query.class,
                query -> {
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    cancelled.countDown();
                    throw e;
                  }
                  return "";
                })
            .timeout(java.time.Duration.ofMillis(50));
    ScriptedModel model =
        ScriptedModel.calling(
            call("search", "{\"query\": \"x\"}"), call("submit", "{\"answer\": \"none\"}"));

    AgentResult<?> result =
        answer(ReAct.of("question -> answer", hanging), Context.builder().lm(model));

    assertThat(cancelled.getCount()).isZero();
    assertThat(result).isInstanceOf(AgentResult.Answered.class);
    assertThat(result.trajectory().turns().get(0).results().get(0).isError()).isTrue();
  }
}
