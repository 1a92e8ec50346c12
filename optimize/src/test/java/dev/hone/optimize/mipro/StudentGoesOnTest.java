package dev.hone.optimize.mipro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.compiled.Compiled;
import dev.hone.compiled.DynamicProgram;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.metric.Metric;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.program.Predict;
import dev.hone.program.PredictorState;
import dev.hone.program.Program;
import dev.hone.prompt.Demo;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A program that was optimized and saved goes on being optimized from there. */
class StudentGoesOnTest {
  @TempDir private Path folder;

  /** A prompt is the better the more of the model's own words it has, and the more demos. */
  private static double skill(SeenPrompt prompt) {
    int drafts = prompt.instructions().split("Draft", -1).length - 1;
    return Math.min(1, 0.3 + 0.2 * Math.min(drafts, 2) + 0.05 * Math.min(prompt.demos().size(), 3));
  }

  private static RuleModel model() {
    return RuleModel.of(
        ProposerRules.withInstruction(
            prompt ->
                "Draft %d after: %s"
                    .formatted(
                        prompt.options().rolloutId(),
                        prompt.input("currentInstruction").replace('\n', ' '))),
        Relay.rules(StudentGoesOnTest::skill, StudentGoesOnTest::skill));
  }

  private Compiled<Ticket, Route> reloaded(
      Program<Ticket, Route> program, Optimized<Ticket, Route, ?> optimized) {
    Path file = folder.resolve("program.json");
    optimized.save(file);
    return Compiled.load(program, file);
  }

  private static double baseline(Optimized<?, ?, ?> optimized) {
    return optimized.compiled().provenance().scores().get(0).mean();
  }

  private static double best(Optimized<?, ?, ?> optimized) {
    return optimized.compiled().provenance().scores().get(1).mean();
  }

  @Test
  void beginsTheSecondRunWithWhatTheFirstLearnt() {
    Tickets.Router program = new Tickets.Router();
    Optimized<Ticket, Route, MiproV2Report> first = Trial.run(model(), Trial.small());
    Compiled<Ticket, Route> loaded = reloaded(program, first);
    PredictorState learnt = loaded.state().of("route");

    Optimized<Ticket, Route, MiproV2Report> second =
        Trial.run(Contexts.of(model()), Trial.small().seed(1), Trial.task(loaded.asStudent()));

    assertThat(learnt.instructions()).startsWith("Draft");
    assertThat(second.report().instructions().get("route").get(0).text())
        .isEqualTo(learnt.instructions());
    assertThat(baseline(second)).isEqualTo(best(first));
    assertThat(best(second)).isGreaterThan(baseline(second));
    assertThat(second.compiled().program()).isSameAs(program);
    assertThat(reloaded(new Tickets.Router(), second).state()).isEqualTo(second.compiled().state());
  }

  @Test
  void givesDemosToAProgramWhoseInstructionsWereLearnt() {
    Relay.TwoSteps program = new Relay.TwoSteps();
    Compiled<Ticket, Route> loaded =
        reloaded(program, Trial.run(Contexts.of(model()), Trial.small(), Trial.task(program)));

    Compiled<Ticket, Route> second =
        Contexts.of(model())
            .call(
                () ->
                    BootstrapFewShot.defaults()
                        .compile(loaded.asStudent(), Trial.TRAINSET, Tickets.metric()))
            .compiled();

    assertThat(second.state().byPredictor().keySet()).containsExactly("find", "decide");
    second
        .state()
        .byPredictor()
        .forEach(
            (name, state) -> {
              assertThat(state.instructions()).isEqualTo(loaded.state().of(name).instructions());
              assertThat(state.demos()).isNotEmpty();
            });
    assertThat(Compiled.fromJson(new Relay.TwoSteps(), second.toJson()).state())
        .isEqualTo(second.state());
  }

  @Test
  void anOptimizedProgramGoesOnWithoutBeingSaved() {
    Optimized<Ticket, Route, MiproV2Report> first = Trial.run(model(), Trial.small());

    Optimized<Ticket, Route, MiproV2Report> second =
        Trial.run(Contexts.of(model()), Trial.small().seed(1), Trial.task(first.asStudent()));

    assertThat(baseline(second)).isEqualTo(best(first));
    assertThat(best(second)).isGreaterThan(baseline(second));
  }

  @Test
  void saysHowToGoOnWithACompiledProgram() {
    Compiled<Ticket, Route> compiled = Compiled.of(new Tickets.Router());

    assertThatThrownBy(() -> Trial.run(Contexts.of(model()), Trial.small(), Trial.task(compiled)))
        .hasMessageContainingAll(
            "no predictors that can be optimized", "Maybe pass", "asStudent()");
  }

  @Test
  void goesOnFromAFileWithoutTheClass() {
    Path file = folder.resolve("route.json");
    Compiled.of(Predict.of(Ticket.class, Route.class, "Draft 0.")).save(file);
    DynamicProgram loaded = Compiled.loadDynamic(file);
    Dataset<ObjectNode, ObjectNode> data =
        Dataset.of(
            Tickets.data(0, 30, "quartz").examples().stream()
                .map(
                    example ->
                        Example.of(
                            Json.object().put("text", example.input().text()),
                            Json.object().put("label", example.expected().label())))
                .toList());
    Metric<ObjectNode, ObjectNode> metric = Metric.ofBoolean(ObjectNode::equals);

    var optimized =
        Contexts.of(model())
            .call(() -> BootstrapFewShot.defaults().compile(loaded.asStudent(), data, metric));

    optimized.save(file);
    PredictorState state = Compiled.loadDynamic(file).compiled().state().of("self");
    assertThat(state.instructions()).isEqualTo("Draft 0.");
    assertThat(state.demos()).hasSize(16).anyMatch(d -> d.origin() == Demo.Origin.BOOTSTRAPPED);
    assertThat(Compiled.load(Predict.of(Ticket.class, Route.class, "Other."), file).state())
        .isEqualTo(optimized.compiled().state());
  }
}
