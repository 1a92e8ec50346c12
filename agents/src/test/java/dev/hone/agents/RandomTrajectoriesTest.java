package dev.hone.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.agents.AgentResult.Answered;
import dev.hone.agents.AgentResult.ForcedAnswer;
import dev.hone.agents.AgentResult.GaveUp;
import dev.hone.context.Context;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.prompt.Trajectory;
import dev.hone.prompt.Trajectory.Turn;
import dev.hone.signature.Limits;
import dev.hone.tool.Tool;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs of agents on models that reply at random: each ends in one of the three results, within its
 * limits. {@code -Dhone.agents.trajectories} sets how many, {@code -Dhone.agents.seed} the first.
 */
@Tag("once")
class RandomTrajectoriesTest {
  private static final int RUNS = Integer.getInteger("hone.agents.trajectories", 1_000);
  private static final long SEED = Long.getLong("hone.agents.seed", 13);
  private static final int MOST_LADDER = 3;

  private static final List<Adapter> ADAPTERS = Way.adapters();

  record Question(String question) {}

  record Answer(String answer, @Limits(max = 10) int score) {
    Answer {
      if (answer.isBlank()) {
        throw new IllegalArgumentException("the answer is blank");
      }
    }
  }

  record Number(int n) {}

  /** One run with all that is known of it. */
  private static final class Run {
    final ConcurrentLinkedQueue<Integer> executed = new ConcurrentLinkedQueue<>();
    final RandomAgentModel model;
    final ReAct<Question, Answer> agent;
    final int maxTurns;
    final int maxCalls;
    final long maxTokens;
    final AgentResult<Answer> result;
    int photos;

    Run(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      maxTurns = 1 + random.nextInt(8);
      maxCalls = random.nextInt(12);
      maxTokens = random.nextInt(4) == 0 ? 1 + random.nextInt(200) : Long.MAX_VALUE;
      Adapter adapter = ADAPTERS.get(random.nextInt(ADAPTERS.size()));
      model = new RandomAgentModel(random.split(), adapter);
      agent =
          ReAct.of(
                  Question.class,
                  Answer.class,
                  "Answer.",
                  Tool.of("echo", "says it again", Number.class, this::echo),
                  Tool.of("fails", "fails", Number.class, this::fail),
                  Tool.of("looks", "takes a photo", Number.class, this::photo),
                  Tool.of("long", "says much", Number.class, n -> echo(n) + "x".repeat(4_000)),
                  Tool.of("rare", "may run once", Number.class, this::echo).maxCalls(1))
              .maxTurns(maxTurns)
              .maxCalls(maxCalls)
              .maxTokens(maxTokens);
      Context context = Context.builder().lm(model).adapter(adapter).build();
      result = context.call(() -> agent.answer(new Question("Who?")));
    }

    private String echo(Number number) {
      executed.add(number.n());
      return "number " + number.n();
    }

    private List<MessagePart> photo(Number number) {
      return List.of(
          MessagePart.text(echo(number)), MessagePart.image(new byte[] {1}, "image/png"));
    }

    private String fail(Number number) {
      executed.add(number.n());
      if (number.n() % 2 == 0) {
        throw new StackOverflowError();
      }
      throw new IllegalStateException("no");
    }

    List<Turn> turns() {
      return result.trajectory().turns();
    }

    void check() {
      checkPairs();
      checkCalls();
      checkLimits();
      checkEnd();
      assertThat(result.toText()).contains(result.ending());
      assertThat(Trajectory.ofJson(result.trajectory().toJson()).size()).isEqualTo(turns().size());
      int withImages = 0;
      for (Turn turn : turns()) {
        withImages += (int) turn.results().stream().filter(r -> !r.images().isEmpty()).count();
      }
      photos = withImages;
    }

    private void checkPairs() {
      Set<String> ids = new HashSet<>();
      for (Turn turn : turns()) {
        for (int i = 0; i < turn.calls().size(); i++) {
          ToolCall call = turn.calls().get(i);
          ToolResult result = turn.results().get(i);
          assertThat(call.id()).isNotEmpty();
          assertThat(ids.add(call.id())).isTrue();
          assertThat(result.callId()).isEqualTo(call.id());
          assertThat(result.name()).isEqualTo(call.name());
        }
      }
    }

    /** What ran is what the trajectory says, each call once. */
    private void checkCalls() {
      Map<Integer, Integer> ran = new HashMap<>();
      executed.forEach(n -> ran.merge(n, 1, Integer::sum));
      Map<Integer, Integer> called = new HashMap<>();
      int answered = 0;
      for (Turn turn : turns()) {
        for (int i = 0; i < turn.calls().size(); i++) {
          ToolCall call = turn.calls().get(i);
          if (call.name().equals("submit") || !agent.tools().containsKey(call.name())) {
            continue;
          }
          int n = Trajectory.json(call).path("arguments").path("n").asInt(-1);
          called.merge(n, 1, Integer::sum);
          answered += turn.results().get(i).isError() ? 0 : 1;
        }
      }
      ran.forEach(
          (n, count) ->
              assertThat(count).as("runs of %d", n).isLessThanOrEqualTo(called.getOrDefault(n, 0)));
      assertThat(executed.size()).isEqualTo(result.work().toolCalls());
      assertThat(answered).isLessThanOrEqualTo(executed.size());
    }

    private void checkLimits() {
      AgentWork work = result.work();
      assertThat(work.turns()).isLessThanOrEqualTo(maxTurns + 1);
      assertThat(work.toolCalls()).isLessThanOrEqualTo(maxCalls);
      int most = MOST_LADDER * work.turns() + MOST_LADDER * (ShownTurns.MOST_CUTS + 2);
      assertThat(model.calls()).isLessThanOrEqualTo(most);
      assertThat(work.spend().lmCalls()).isLessThanOrEqualTo(model.calls());
      if (maxTokens < Long.MAX_VALUE) {
        long beyond = work.spend().usage().totalTokens() - maxTokens;
        assertThat(beyond).isLessThanOrEqualTo(2 * MOST_LADDER * 10L);
      }
    }

    private void checkEnd() {
      boolean taken =
          !turns().isEmpty()
              && turns().get(turns().size() - 1).results().stream()
                  .anyMatch(r -> r.name().equals("submit") && !r.isError());
      long accepted =
          turns().stream()
              .filter(
                  turn ->
                      turn.results().stream()
                          .anyMatch(r -> r.name().equals("submit") && !r.isError()))
              .count();
      if (result instanceof GaveUp<Answer> end) {
        assertThat(accepted).isZero();
        assertThat(end.message()).isNotBlank();
      } else {
        assertThat(taken).isTrue();
        assertThat(accepted).isEqualTo(1);
        assertThat(result.answer().orElseThrow().score()).isLessThanOrEqualTo(10);
      }
      if (result instanceof Answered) {
        assertThat(result.work().turns()).isLessThanOrEqualTo(maxTurns);
      }
    }
  }

  @Test
  void endInOneOfTheThreeResultsWithinTheirLimits() {
    Map<String, Integer> kinds = new ConcurrentSkipListMap<>();
    Map<StopCause, Integer> causes = new ConcurrentSkipListMap<>();
    Map<String, Integer> answeredBy = new ConcurrentSkipListMap<>();
    LongAdder photos = new LongAdder();
    Map<Long, String> wrong = new ConcurrentSkipListMap<>();
    LongStream.range(0, RUNS)
        .parallel()
        .map(i -> SEED * 1_000_003 + i)
        .forEach(
            seed -> {
              try {
                Run run = new Run(seed);
                run.check();
                kinds.merge(run.result.getClass().getSimpleName(), 1, Integer::sum);
                photos.add(run.photos);
                if (run.result instanceof Answered) {
                  answeredBy.merge(run.model.adapter().toString(), 1, Integer::sum);
                }
                run.result.stopCause().ifPresent(cause -> causes.merge(cause, 1, Integer::sum));
              } catch (RuntimeException | AssertionError e) {
                wrong.put(seed, e.toString());
              }
            });
    System.out.println(
        "random trajectories: %s, %s, answered by %s, %s photos"
            .formatted(kinds, causes, answeredBy, photos));

    assertThat(wrong).isEmpty();
    if (RUNS >= 1_000) {
      assertThat(kinds)
          .containsOnlyKeys(
              Answered.class.getSimpleName(),
              ForcedAnswer.class.getSimpleName(),
              GaveUp.class.getSimpleName());
      assertThat(causes).containsOnlyKeys(StopCause.values());
      assertThat(answeredBy).hasSize(ADAPTERS.size());
      assertThat(photos.sum()).isPositive();
    }
  }

  @Test
  void areTheSameForTheSameSeed() {
    IntStream.range(0, 200)
        .forEach(
            i ->
                assertThat(new Run(i).result.trajectory())
                    .isEqualTo(new Run(i).result.trajectory()));
  }
}
