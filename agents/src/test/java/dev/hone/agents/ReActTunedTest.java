package dev.hone.agents;

import static dev.hone.agents.SearchTask.dataset;
import static dev.hone.agents.SearchTask.question;
import static dev.hone.agents.SearchTask.under;
import static dev.hone.testkit.ScriptedTurn.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.agents.SearchTask.Answer;
import dev.hone.agents.SearchTask.Query;
import dev.hone.agents.SearchTask.Question;
import dev.hone.compiled.ArtifactException;
import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.context.Context;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmRequest;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.program.ProgramState;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Trajectory;
import dev.hone.testkit.ScriptedModel;
import dev.hone.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents that learn: demos of whole runs, saved programs, changed tools. */
class ReActTunedTest {
  private final SearchTask task = new SearchTask();

  private static void requireWholeRun(Demo demo) {
    Trajectory before = Trajectory.ofJson(demo.inputs().path("trajectory"));
    assertThat(before.turns()).hasSize(1);
    assertThat(before.turns().get(0).calls().get(0).name()).isEqualTo("search");
    assertThat(before.turns().get(0).results().get(0).text()).startsWith("Person ");
    assertThat(demo.outputs().path("calls").path(0).path("tool").asString()).isEqualTo("submit");
  }

  @Test
  void aBootstrappedDemoIsAWholeRunAndPromptsShowIt() {
    ReAct<Question, Answer> agent = task.agent();
    ScriptedModel model = SearchTask.model();

    Compiled<Question, Answer> tuned =
        under(
            model,
            () ->
                BootstrapFewShot.defaults()
                    .bootstrap(b -> b.withMaxBootstrappedDemos(3))
                    .compile(agent, dataset(6), SearchTask.metric())
                    .compiled());

    List<Demo> demos = tuned.state().of("step").demos();
    assertThat(demos).hasSize(3).allSatisfy(ReActTunedTest::requireWholeRun);
    ScriptedModel after = SearchTask.model();
    assertThat(under(after, () -> tuned.run(question(99)))).isEqualTo(new Answer("Person 99"));
    for (Demo demo : demos) {
      String name =
          demo.outputs().path("calls").path(0).path("arguments").path("answer").asString();
      assertThat(after.requests()).allMatch(r -> count(r.toText(), name) >= 2);
    }
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void miproChoosesAmongSetsOfWholeRuns(boolean nativeCalls) {
    ReAct<Question, Answer> agent = task.agent();
    ScriptedModel inner =
        nativeCalls ? SearchTask.model() : SearchTask.model().withCapabilities(Capabilities.TEXT);
    ScriptedModel model =
        ScriptedModel.replying(
                request ->
                    SearchTask.asked(request).isEmpty() || request.toText().contains("instruction")
                        ? ScriptedModel.reply(request, "Look the person up, then answer.")
                        : inner.call(request))
            .withCapabilities(inner.capabilities());

    Compiled<Question, Answer> tuned =
        under(
            model,
            () ->
                MiproV2.light()
                    .seed(1)
                    .trials(6)
                    .candidates(4)
                    .compile(agent, dataset(20), SearchTask.metric())
                    .compiled());

    assertThat(tuned.state().of("step").demos()).allSatisfy(ReActTunedTest::requireWholeRun);
  }

  @Test
  void aGoodRunCanBeShownAsADemo() {
    ReAct<Question, Answer> agent = task.agent();
    AgentResult<Answer> good = under(SearchTask.model(), () -> agent.answer(question(1)));
    Demo demo = good.work().toDemo().orElseThrow();

    LmRequest request =
        under(SearchTask.model(), () -> agent.withDemos(List.of(demo)).render(question(2)));

    requireWholeRun(demo);
    assertThat(request.toText()).contains("Who is number 1?").contains("Person 1");
  }

  @Test
  void aSavedAgentGoesOnWorkingThoughItsToolsChange(@TempDir Path folder) {
    ReAct<Question, Answer> agent = task.agent();
    AgentResult<Answer> good = under(SearchTask.model(), () -> agent.answer(question(1)));
    ProgramState state = new dev.hone.program.ProgramRunner<>(agent).predictors().initialState();
    ProgramState learnt =
        state.with(
            "step",
            state
                .of("step")
                .withInstructions("Look it up.")
                .withDemos(List.of(good.work().toDemo().orElseThrow())));
    Path file = folder.resolve("agent.json");
    under(
        SearchTask.model(),
        () -> {
          Compiled.of(agent, learnt, Provenance.none()).save(file);
          return file;
        });
    Tool other = Tool.of("lookup", "looks up", Query.class, query -> "nothing");

    for (ReAct<Question, Answer> changed :
        List.of(
            agent,
            agent.withTools(task.search, other),
            agent.withTools(other, task.search),
            agent.withTools(task.search.withDescription("other words")))) {
      ScriptedModel model = SearchTask.model();
      Context context = Context.builder().lm(model).build();
      Compiled<Question, Answer> loaded = context.call(() -> Compiled.load(changed, file));

      assertThat(context.call(() -> loaded.run(question(5)))).isEqualTo(new Answer("Person 5"));
      LmRequest first = model.requests().get(0);
      assertThat(first.toText()).contains("Look it up.").contains("Who is number 1?");
      assertThat(first.tools()).hasSize(changed.tools().size() + 1);
    }

    ScriptedModel model = ScriptedModel.calling(call("submit", "{\"answer\": \"unknown\"}"));
    Compiled<Question, Answer> without =
        under(model, () -> Compiled.load(agent.withTools(other), file));
    assertThat(under(model, () -> without.run(question(5)))).isEqualTo(new Answer("unknown"));
  }

  @Test
  void aFileWhoseTurnsLackTheirResultsIsRefusedWhenItIsLoaded(@TempDir Path folder)
      throws IOException {
    ReAct<Question, Answer> agent = task.agent();
    Path file = folder.resolve("agent.json");
    AgentResult<Answer> result = under(SearchTask.model(), () -> agent.answer(question(1)));
    ProgramState state = new dev.hone.program.ProgramRunner<>(agent).predictors().initialState();
    ProgramState learnt =
        state.with(
            "step", state.of("step").withDemos(List.of(result.work().toDemo().orElseThrow())));
    Compiled.of(agent, learnt, Provenance.none()).save(file);

    Files.writeString(file, Files.readString(file).replace("\"results\"", "\"resultz\""));

    assertThatThrownBy(() -> Compiled.load(agent, file))
        .isInstanceOf(ArtifactException.class)
        .hasMessageContaining("predictors.step.demos[0].inputs.trajectory");
  }

  /** Texts of the same number are near each other, whatever else they say. */
  private static final class ByNumber implements dev.hone.embed.Embedder {
    @Override
    public String id() {
      return "by-number";
    }

    @Override
    public dev.hone.embed.Embedding embed(String text) {
      float[] vector = new float[64];
      vector[Math.floorMod(text.hashCode(), 63)] = 1;
      return dev.hone.embed.Embedding.of(vector);
    }
  }

  @Test
  void theNearestRunsAreChosenByTheQuestionInEveryTurn() {
    ReAct<Question, Answer> agent = task.agent();
    Context context = Context.builder().lm(SearchTask.model()).embedder(new ByNumber()).build();

    Compiled<Question, Answer> tuned =
        context.call(
            () ->
                dev.hone.optimize.knn.KnnFewShot.defaults()
                    .k(1)
                    .compile(agent, dataset(8), SearchTask.metric())
                    .compiled());
    ScriptedModel after = SearchTask.model();
    Context.builder().lm(after).embedder(new ByNumber()).build().run(() -> tuned.run(question(3)));

    assertThat(after.requests()).hasSize(2);
    assertThat(after.requests()).allMatch(r -> count(r.toText(), "Who is number 3?") == 2);
  }
}
