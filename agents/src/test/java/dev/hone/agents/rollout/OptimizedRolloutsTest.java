package dev.hone.agents.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.agents.rollout.Draws.Answer;
import dev.hone.agents.rollout.Draws.Question;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.mipro.MiproV2Report;
import dev.hone.program.Program;
import dev.hone.prompt.Demo;
import dev.hone.testkit.ScriptedModel;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs around a program, as MIPROv2 optimizes them. */
@Timeout(120)
class OptimizedRolloutsTest {
  private static Dataset<Question, Answer> data(int from, int to) {
    return Dataset.of(
        IntStream.range(from, to)
            .mapToObj(i -> Example.of(new Question("number " + i), new Answer("right")))
            .toList());
  }

  /** Right if the instructions say quartz and the draw is not a bad one. */
  private static ScriptedModel model() {
    return ScriptedModel.answering(
        request ->
            Draws.filled(
                request,
                field ->
                    switch (field) {
                      case "instruction" -> "Answer with quartz. " + request.options().rolloutId();
                      case "advice" -> "{\"self\": \"think again\"}";
                      case "answer" ->
                          Draws.system(request).contains("quartz")
                                  && request.options().rolloutId() % 3 != 0
                              ? "right"
                              : "wrong";
                      default -> "something";
                    }));
  }

  private static Optimized<Question, Answer, MiproV2Report> optimize(
      Program<Question, Answer> program, ScriptedModel model, int threads) {
    var task =
        OptimizationTask.of(program, data(0, 12), Metric.<Question, Answer>exact(Answer::answer))
            .withValset(data(20, 32));
    return Draws.context(model, threads)
        .call(() -> MiproV2.withoutPreset().candidates(3).trials(6).compile(task));
  }

  private static double reward(Question input, Answer output) {
    return output.answer().equals("right") ? 1 : 0;
  }

  private static void improves(
      String predictor, Function<Program<Question, Answer>, Program<Question, Answer>> around) {
    ScriptedModel model = model();
    var optimized = optimize(around.apply(Draws.answerer()), model, 8);
    var again = optimize(around.apply(Draws.answerer()), model(), 1);

    assertThat(optimized.compiled().state().of(predictor).instructions()).contains("quartz");
    assertThat(optimized.report().bestScore().orElseThrow().scoreMean())
        .isGreaterThan(optimized.report().baselineScore().orElseThrow().scoreMean() + 0.5);
    assertThat(again.compiled().state()).isEqualTo(optimized.compiled().state());
  }

  @Test
  void theInstructionsOfTheProgramInABestOfNAreTuned() {
    improves(
        "program", program -> BestOfN.of(program, 3, OptimizedRolloutsTest::reward).threshold(1));
  }

  @Test
  void theInstructionsOfTheProgramInARefineAreTuned() {
    improves(
        "program", program -> Refine.of(program, 3, OptimizedRolloutsTest::reward).threshold(1));
  }

  @Test
  void theInstructionsOfTheProgramInAMajorityAreTuned() {
    improves("program", program -> Majority.of(program, 5));
  }

  @Test
  void demosAreOfAttemptsThatWon() {
    var optimized =
        optimize(
            BestOfN.of(Draws.answerer(), 4, OptimizedRolloutsTest::reward).threshold(1),
            ScriptedModel.answering(
                request ->
                    Draws.filled(
                        request,
                        f ->
                            f.equals("answer") && request.options().rolloutId() % 2 == 0
                                ? "wrong"
                                : "right")),
            4);

    List<String> answers =
        optimized.report().demoSets().get("program").stream()
            .flatMap(set -> set.demos().stream())
            .map(demo -> demo.outputs().path("answer").asString())
            .toList();
    assertThat(answers).isNotEmpty().containsOnly("right");
  }

  @Test
  void aRunThatASoftCheckRefusedMakesNoDemoThoughTheMetricLikesIt() {
    Metric<Question, Answer> likesAll = (example, output, run) -> Score.of(1);
    ScriptedModel odd =
        ScriptedModel.answering(
            request -> {
              boolean even = Draws.last(request).matches("(?s).*number \\d*[02468]\\b.*");
              return Draws.filled(request, field -> even ? "fine" : "refused");
            });
    var checked =
        Draws.answerer().check(out -> out.answer().equals("fine"), "Not fine").soft().retries(0);

    var optimized =
        Draws.context(odd, 4)
            .call(
                () ->
                    BootstrapFewShot.defaults()
                        .compile(OptimizationTask.of(checked, data(0, 8), likesAll)));

    assertThat(optimized.compiled().state().of("self").demos())
        .filteredOn(demo -> demo.origin() == Demo.Origin.BOOTSTRAPPED)
        .hasSize(4)
        .allMatch(demo -> demo.outputs().path("answer").asString().equals("fine"));
  }
}
