package dev.hone.agents;

import static dev.hone.testkit.ScriptedTurn.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.agents.AgentResult.Answered;
import dev.hone.agents.SearchTask.Answer;
import dev.hone.agents.SearchTask.Question;
import dev.hone.context.Context;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.testkit.FaultyServer;
import dev.hone.testkit.OpenAiStubServer;
import dev.hone.testkit.ScriptedModel;
import dev.hone.tool.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Agents over HTTP, on a server that misbehaves; tools that misbehave too. */
@Timeout(120)
class ReActServerTest {
  private static final int RUNS = Integer.getInteger("hone.agents.serverRuns", 150);

  record Number(int n) {}

  private static Context context(OpenAiStubServer server) {
    return context(server, true);
  }

  private static Context context(OpenAiStubServer server, boolean nativeCalls) {
    return Context.builder()
        .lm(
            OpenAiModels.openAiCompatible("any", server.baseUrl(), null, Duration.ofSeconds(5))
                .withCapabilities(Capabilities.builder().toolCalls(nativeCalls).build()))
        .build();
  }

  @Test
  void parallelCallsGoOverTheWireAndTheirResultsKeepTheOrder() throws InterruptedException {
    CountDownLatch allStarted = new CountDownLatch(4);
    Tool square =
        Tool.of(
            "square",
            "squares a number",
            Number.class,
            number -> {
              allStarted.countDown();
              allStarted.await();
              return number.n() * number.n();
            });
    ScriptedModel model =
        ScriptedModel.calling(
            call("square", "{\"n\": 1}")
                .and("square", "{\"n\": 2}")
                .and("square", "{\"n\": 3}")
                .and("square", "{\"n\": 4}"),
            call("submit", "{\"answer\": \"done\"}"));
    try (OpenAiStubServer server = new OpenAiStubServer(model)) {
      DynamicReAct agent = ReAct.of("question -> answer", square);

      AgentResult<?> result = context(server).call(() -> agent.answer(Map.of("question", "What?")));

      assertThat(result).isInstanceOf(Answered.class);
      assertThat(result.trajectory().turns().get(0).results().stream().map(r -> r.text()))
          .containsExactly("1", "4", "9", "16");
      assertThat(server.bodies().get(1).path("messages").toString())
          .containsSubsequence("\"1\"", "\"4\"", "\"9\"", "\"16\"")
          .contains("tool_call_id");
    }
  }

  @Test
  void faultsOfTheServerCostNoCallOfATool() {
    SearchTask task = new SearchTask();
    try (OpenAiStubServer server = new OpenAiStubServer(SearchTask.model())) {
      server.failNext(429, Map.of("retry-after-ms", "10"), "{}");
      server.failNext(500, Map.of("retry-after-ms", "10"), "broken");

      AgentResult<Answer> result =
          context(server).call(() -> task.agent().answer(SearchTask.question(3)));

      assertThat(result.answer()).contains(new Answer("Person 3"));
      assertThat(task.searches).hasValue(1);
      assertThat(result.work().spend().lmCalls()).isGreaterThanOrEqualTo(3);
    }
  }

  /** A model whose replies are those of a model that changes. */
  private static final class Switched implements LanguageModel {
    volatile LanguageModel now = SearchTask.model();

    @Override
    public LmResponse call(LmRequest request) {
      return now.call(request);
    }

    @Override
    public String id() {
      return "switched";
    }

    @Override
    public Capabilities capabilities() {
      return now.capabilities();
    }
  }

  @Test
  void runsOnAServerThatWritesAnythingEndInOneOfTheThreeResults() {
    Switched switched = new Switched();
    List<String> wrong = new ArrayList<>();
    try (OpenAiStubServer server = new OpenAiStubServer(switched)) {
      for (int i = 0; i < RUNS; i++) {
        Context context = context(server, i % 2 == 0);
        ConcurrentLinkedQueue<Integer> executed = new ConcurrentLinkedQueue<>();
        Tool echo =
            Tool.of(
                "echo",
                "says it again",
                Number.class,
                number -> {
                  executed.add(number.n());
                  return number.n() % 3 == 0 ? fail() : number.n();
                });
        switched.now = new RandomAgentModel(new SplittableRandom(i), Adapter.chat());
        ReAct<Question, Answer> agent =
            ReAct.of(Question.class, Answer.class, "Answer.", echo).maxTurns(5).maxCalls(6);
        Question question = new Question("Run " + i + "?");
        try {
          AgentResult<Answer> result = context.call(() -> agent.answer(question));
          if (executed.size() != result.work().toolCalls() || executed.size() > 6) {
            wrong.add(i + ": " + executed + " in " + result);
          }
        } catch (RuntimeException e) {
          wrong.add(i + ": " + e);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static int fail() {
    throw new IllegalStateException("no");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WRONG_CONTENT")
  void aFaultOfTheServerIsRepairedAndNoToolRunsTwiceForOneCall(FaultyServer.Fault fault) {
    SearchTask task = new SearchTask();
    AtomicBoolean first = new AtomicBoolean(true);
    try (FaultyServer server =
        new FaultyServer(
            Duration.ofMillis(1),
            (text, attempt) -> first.getAndSet(false) ? fault : FaultyServer.Fault.NONE)) {
      LanguageModel model =
          OpenAiModels.openAiCompatible("any", server.baseUrl(), null, Duration.ofSeconds(1))
              .withCapabilities(Capabilities.builder().toolCalls(true).build());

      AgentResult<Answer> result =
          Context.builder()
              .lm(model)
              .build()
              .call(() -> task.agent().answer(SearchTask.question(3)));

      assertThat(result).isInstanceOf(Answered.class);
      assertThat(task.searches.get()).isEqualTo(result.work().toolCalls()).isLessThanOrEqualTo(1);
      assertThat(server.attempts()).isLessThanOrEqualTo(5);
    }
  }

  @Test
  void toolsThatHangFailAndInterruptThemselvesEndNoRun() {
    List<CountDownLatch> hanging =
        IntStream.range(0, 3).mapToObj(i -> new CountDownLatch(1)).toList();
    Tool hangs =
        Tool.of("hangs", "hangs", Number.class, number -> hang(hanging.get(number.n())))
            .timeout(Duration.ofMillis(50));
    Tool interrupts =
        Tool.of(
            "interrupts",
            "interrupts itself",
            Number.class,
            number -> {
              Thread.currentThread().interrupt();
              throw new AssertionError("odd");
            });
    Tool nothing = Tool.of("nothing", "returns nothing", Number.class, number -> null);
    ScriptedModel model =
        ScriptedModel.calling(
            call("hangs", "{\"n\": 0}")
                .and("interrupts", "{\"n\": 1}")
                .and("nothing", "{\"n\": 2}"),
            call("submit", "{\"answer\": \"done\"}"));
    try (OpenAiStubServer server = new OpenAiStubServer(model)) {
      DynamicReAct agent = ReAct.of("question -> answer", hangs, interrupts, nothing);

      AgentResult<?> result = context(server).call(() -> agent.answer(Map.of("question", "What?")));

      assertThat(result).isInstanceOf(Answered.class);
      assertThat(result.trajectory().turns().get(0).results().stream().map(r -> r.isError()))
          .containsExactly(true, true, false);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  private static String hang(CountDownLatch latch) throws InterruptedException {
    latch.await();
    return "";
  }
}
