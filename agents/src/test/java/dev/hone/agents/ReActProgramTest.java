package dev.hone.agents;

import static dev.hone.agents.SearchTask.dataset;
import static dev.hone.agents.SearchTask.question;
import static dev.hone.agents.SearchTask.under;
import static dev.hone.testkit.ScriptedTurn.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.agents.AgentResult.Answered;
import dev.hone.agents.SearchTask.Answer;
import dev.hone.agents.SearchTask.Query;
import dev.hone.agents.SearchTask.Question;
import dev.hone.batch.BatchResult;
import dev.hone.batch.BatchRun;
import dev.hone.context.Context;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.evaluate.Outcome;
import dev.hone.metric.Metric;
import dev.hone.metric.RunTrace;
import dev.hone.metric.Score;
import dev.hone.optimize.ensemble.Ensemble;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.testkit.ScriptedModel;
import dev.hone.tool.Tool;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Agents as programs: found, measured, composed, run in parallel. */
class ReActProgramTest {
  private final SearchTask task = new SearchTask();

  @Test
  void aMetricSeesEveryTurnAndHowItEnded() {
    ReAct<Question, Answer> agent = task.agent();
    AtomicReference<RunTrace> seen = new AtomicReference<>();
    Metric<Question, Answer> metric =
        (example, output, run) -> {
          seen.set(run);
          return Score.of(agent.result(run).orElseThrow() instanceof Answered);
        };

    Evaluation<Question, Answer> evaluation =
        under(SearchTask.model(), () -> Evaluator.of(dataset(1), metric).evaluate(agent));

    assertThat(evaluation.score()).isEqualTo(1);
    RunTrace run = seen.get();
    assertThat(run.output(agent)).contains(new Answer("Person 0"));
    assertThat(run.outputs(agent)).hasSize(1);
    assertThat(agent.results(run)).hasSize(1);
    assertThat(agent.result(run).orElseThrow().work().calls("search")).hasSize(1);
    assertThat(run.steps()).hasSize(2).allMatch(step -> step.predictor().equals("step"));
    assertThat(run.steps().get(1).inputs().path("trajectory")).hasSize(1);
  }

  /** A program that asks an agent twice. */
  record Twice(ReAct<Question, Answer> agent) implements Program<Question, Answer> {
    @Override
    public Answer run(Question input) {
      agent.run(input);
      return agent.run(new Question("Once more: " + input.question()));
    }
  }

  @Test
  void anAgentWithinAProgramIsSeenEachTimeItRan() {
    Twice program = new Twice(task.agent());
    AtomicReference<RunTrace> seen = new AtomicReference<>();
    Metric<Question, Answer> metric =
        (example, output, run) -> {
          seen.set(run);
          return Score.of(1);
        };

    under(SearchTask.model(), () -> Evaluator.of(dataset(1), metric).evaluate(program));

    assertThat(seen.get().outputs(program.agent())).hasSize(2);
    assertThat(program.agent().results(seen.get())).hasSize(2);
    assertThat(seen.get().outputs(program)).hasSize(1);
    assertThat(Predictors.of(program).byName()).containsOnlyKeys("agent.step");
  }

  @Test
  void anAgentThatGaveUpIsAFailureOfTheProgramWithAllItDid() {
    ScriptedModel model =
        ScriptedModel.calling(request -> call("search", "{\"query\": \"again\"}"));
    ReAct<Question, Answer> agent = task.agent().maxTurns(2);

    Evaluation<Question, Answer> evaluation =
        under(model, () -> Evaluator.of(dataset(3), SearchTask.metric()).evaluate(agent));

    assertThat(evaluation.count(Outcome.ProgramFailed.class)).isEqualTo(3);
    assertThat(evaluation.score()).isZero();
    assertThat(evaluation.results().get(0).error())
        .get()
        .isInstanceOfSatisfying(
            AgentGaveUpException.class, e -> assertThat(e.trajectory().turns()).hasSize(3));
    assertThat(evaluation.results().get(0).steps()).hasSize(3);
  }

  @Test
  void aModelThatIsGoneIsNoFailureOfTheAgent() {
    ScriptedModel model =
        ScriptedModel.calling(
            request -> {
              if (SearchTask.asked(request).equals("1") && request.messages().size() > 3) {
                throw new dev.hone.lm.LmException.InvalidRequest("gone", null);
              }
              return SearchTask.turn(request);
            });

    Evaluation<Question, Answer> evaluation =
        under(model, () -> Evaluator.of(dataset(2), SearchTask.metric()).evaluate(task.agent()));

    assertThat(evaluation.results().get(1).outcome()).isInstanceOf(Outcome.LmUnavailable.class);
    assertThat(evaluation.results().get(1).steps()).hasSize(1);
  }

  @Test
  void predictorsOfProgramsAmongTheToolsHaveNamesThatStayWhenToolsAreAdded() {
    Tool research = Tool.of("research", "asks an agent", task.agent(), Question.class);
    ReAct<Question, Answer> outer =
        ReAct.of(Question.class, Answer.class, "Ask the researcher.", research);
    ReAct<Question, Answer> more = outer.withTools(task.search, research);

    assertThat(Predictors.of(outer).byName().keySet())
        .containsExactly("step", "tools['research'].program.step");
    assertThat(Predictors.of(more).byName().keySet())
        .isEqualTo(Predictors.of(outer).byName().keySet());
    assertThat(more.step().signature().fingerprint())
        .isEqualTo(outer.step().signature().fingerprint());
  }

  @Test
  void anAgentIsAToolOfAnAgent() {
    ReAct<Question, Answer> inner = task.agent();
    Tool research = Tool.of("research", "asks an agent", inner, Question.class);
    ReAct<Question, Answer> outer =
        ReAct.of(Question.class, Answer.class, "Ask the researcher.", research).maxTurns(3);
    ScriptedModel model =
        ScriptedModel.calling(
            request -> {
              boolean isOuter = request.tools().get(0).name().equals("research");
              boolean first = request.messages().size() == 2;
              return isOuter && first
                  ? call("research", "{\"question\": \"Who is number 7?\"}")
                  : isOuter
                      ? call("submit", "{\"answer\": \"Person 7\"}")
                      : SearchTask.turn(request);
            });
    AtomicReference<RunTrace> seen = new AtomicReference<>();
    Metric<Question, Answer> metric =
        (example, output, run) -> {
          seen.set(run);
          return Score.of(1);
        };

    under(model, () -> Evaluator.of(dataset(1), metric).evaluate(outer));

    assertThat(seen.get().steps().stream().map(step -> step.predictor()))
        .containsExactly(
            "step", "tools['research'].program.step", "tools['research'].program.step", "step");
    assertThat(inner.result(seen.get()).orElseThrow().answer()).contains(new Answer("Person 7"));
    assertThat(outer.result(seen.get()).orElseThrow().work().spend().lmCalls()).isEqualTo(4);
  }

  @Test
  void agentsThatCallThemselvesEnd() {
    AtomicReference<ReAct<Question, Answer>> self = new AtomicReference<>();
    Tool again =
        Tool.of(
            "search", "asks itself", Query.class, query -> self.get().run(new Question("Who?")));
    self.set(ReAct.of(Question.class, Answer.class, "Ask yourself.", again).maxTurns(1));
    ScriptedModel model =
        ScriptedModel.calling(
            request ->
                request.requiredTool().isPresent()
                    ? call("submit", "{\"answer\": \"enough\"}")
                    : call("search", "{\"query\": \"deeper\"}"));

    AgentResult<Answer> result = under(model, () -> self.get().answer(new Question("Who?")));

    assertThat(result.answer()).contains(new Answer("enough"));
  }

  @Test
  void anAgentBoundToAModelCallsItAndSoDoProgramsAmongItsTools() {
    ScriptedModel none = ScriptedModel.inOrder();
    ScriptedModel own =
        ScriptedModel.calling(
            request ->
                request.tools().get(0).name().equals("research") && request.messages().size() == 2
                    ? call("research", "{\"question\": \"Who is number 4?\"}")
                    : SearchTask.turn(request));
    Tool research = Tool.of("research", "asks an agent", task.agent(), Question.class);
    ReAct<Question, Answer> agent =
        ReAct.of(Question.class, Answer.class, "Ask.", research).on(own);

    AgentResult<Answer> result = under(none, () -> agent.answer(question(4)));

    assertThat(result.answer().orElseThrow().answer()).contains("Person 4");
    assertThat(own.calls()).isEqualTo(4);
  }

  @Test
  void oneAgentRunsOnAHundredThreads() throws InterruptedException {
    ReAct<Question, Answer> agent = task.agent();
    ScriptedModel model = SearchTask.model();
    Context context = Context.builder().lm(model).build();
    CountDownLatch start = new CountDownLatch(1);
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    List<Thread> threads =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          try {
                            start.await();
                            for (int j = 0; j < 5; j++) {
                              int number = 10 * i + j;
                              Answer answer = context.call(() -> agent.run(question(number)));
                              if (!answer.answer().equals("Person " + number)) {
                                wrong.add(number + ": " + answer);
                              }
                            }
                          } catch (Throwable e) {
                            wrong.add(e.toString());
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);

    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(wrong).isEmpty();
    assertThat(task.searches).hasValue(500);
    assertThat(model.calls()).isEqualTo(1000);
  }

  @Test
  void agentsFormAnEnsemble() {
    ReAct<Question, Answer> a = task.agent();
    ReAct<Question, Answer> b = task.agent().maxTurns(5);
    Ensemble<Question, Answer> both = Ensemble.of(List.of(a, b), Ensemble.majority());

    assertThat(under(SearchTask.model(), () -> both.run(question(3))))
        .isEqualTo(new Answer("Person 3"));
    assertThat(Predictors.of(both).byName()).containsOnlyKeys("members[0].step", "members[1].step");
  }

  @Test
  void aBatchRunsAnAgentOverManyRows() {
    BatchResult<Question, Answer> result =
        under(SearchTask.model(), () -> BatchRun.of(task.agent()).run(dataset(20)));

    assertThat(result.rows()).allMatch(row -> row.output().isPresent());
    assertThat(result.rows().get(7).output()).contains(new Answer("Person 7"));
  }

  @Test
  void aMissingModelIsThrownAsItIs() {
    assertThatThrownBy(() -> Context.builder().build().call(() -> task.agent().run(question(1))))
        .isInstanceOf(dev.hone.context.MissingModelException.class);
  }
}
