package dev.hone.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.evaluate.Evaluator;
import dev.hone.history.Verbose;
import dev.hone.observe.Event;
import dev.hone.observe.Progress;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.mipro.MiproV2;
import dev.hone.optimize.search.Search;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What those who wait for a run see of it. */
class ProgressOfOptimizersTest {
  private final RuleModel model =
      RuleModel.of(ProposerRules::echo, Tickets.rules(p -> p.demos().isEmpty() ? 0.3 : 0.8));
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void compile(Optimizer<?> optimizer, Context context) {
    context.run(
        () ->
            optimizer.compile(
                new Tickets.Router(), Tickets.data(0, 40, "quartz"), Tickets.metric()));
  }

  @ParameterizedTest
  @MethodSource("dev.hone.optimize.OptimizerContractTest#all")
  void everyOptimizerShowsItsStepsAndCountsOnWithinThem(Optimizer<?> optimizer) {
    List<String> counts = Collections.synchronizedList(new ArrayList<>());
    Context context =
        Contexts.of(model).toBuilder()
            .embedder(OptimizerContractTest.LENGTHS)
            .listener(Progress.to(out))
            .listener((event, data) -> count(event, counts))
            .build();

    compile(optimizer, context);

    assertThat(printed().lines())
        .allMatch(line -> line.length() <= 50)
        .hasSizeGreaterThanOrEqualTo(2);
    assertThat(printed().lines().findFirst())
        .hasValueSatisfying(line -> assertThat(line).contains(optimizer.name()));
    boolean callsTheProgram = !model.seen(prompt -> !ProposerRules.asked(prompt)).isEmpty();
    assertThat(counts.isEmpty()).isEqualTo(!callsTheProgram);
  }

  private static void count(Event event, List<String> counts) {
    if (event.isCount()) {
      event.headline().ifPresent(counts::add);
    }
  }

  @Test
  void anEvaluationCountsItsExamplesAndEndsWithItsScore() {
    List<String> counts = Collections.synchronizedList(new ArrayList<>());
    Context context =
        Contexts.of(model).toBuilder()
            .listener(Progress.to(out))
            .listener((event, data) -> count(event, counts))
            .build();

    context.run(
        () ->
            Evaluator.of(Tickets.data(0, 10, "quartz"), Tickets.metric())
                .evaluate(new Tickets.Router()));

    assertThat(counts).hasSize(10).contains("10 of 10");
    assertThat(printed()).containsPattern("score 0\\.\\d{3} on 10 examples");
  }

  @Test
  void verboseTellsStagesProposalsAndTrialsWithScoresAndNames() {
    Context context = Contexts.of(model).toBuilder().listener(Verbose.to(out)).build();

    compile(MiproV2.light().trials(4).seed(1).search(Search.tpe()), context);

    String text = printed();
    assertThat(text)
        .containsSubsequence(
            "MiproV2 starts",
            "plan: ",
            "bootstrap: ",
            "bootstrap ended: ",
            "dataset summary: ",
            "program description: ",
            "instruction for route: ",
            "propose ended: ",
            "trial 1: ",
            "search ended: ");
    assertThat(text)
        .containsPattern(
            Pattern.compile(
                "trial \\d+: 0\\.\\d{3}, best 0\\.\\d{3}; \\{route.instructions: \\d, route.demos: \\d\\},"
                    + " (baseline|random|guided|enumerated), on 12 examples, \\d+ model calls?"));
    assertThat(text).doesNotContain("call rules");
    assertThat(text.lines()).allMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} .+"));
  }

  @Test
  void verboseTellsCallsIfAsked() {
    Context context = Contexts.of(model).toBuilder().listener(Verbose.to(out).withCalls()).build();

    compile(MiproV2.light().trials(4).seed(1), context);

    assertThat(printed().lines().filter(line -> line.contains(" call rules, ")))
        .hasSize(model.seen().size());
  }
}
