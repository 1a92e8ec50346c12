package dev.hone.optimize.knn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import dev.hone.metric.Metric;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.Teacher;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.prompt.Demo;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnnFewShotTest {
  private final Dataset<Ticket, Route> trainset = Tickets.data(0, 30, "quartz");

  /** Texts are near whose numbers are near: points on an arc. */
  private static final class NumberEmbedder implements Embedder {
    private final AtomicInteger calls = new AtomicInteger();
    private final String id;

    NumberEmbedder(String id) {
      this.id = id;
    }

    @Override
    public Embedding embed(String text) {
      calls.incrementAndGet();
      double angle =
          Tickets.number(text.substring(text.indexOf("ticket")).lines().findFirst().orElseThrow())
              / 100.0;
      return Embedding.of((float) Math.cos(angle), (float) Math.sin(angle));
    }

    @Override
    public String id() {
      return id;
    }
  }

  private final NumberEmbedder embedder = new NumberEmbedder("numbers");

  private Context context(RuleModel model) {
    return Contexts.of(model).toBuilder().embedder(embedder).build();
  }

  private static RuleModel perfect() {
    return new RuleModel("m", Tickets.rules(p -> 1));
  }

  private Optimized<Ticket, Route, KnnFewShotReport> compile(RuleModel model, KnnFewShot settings) {
    return context(model)
        .call(() -> settings.compile(new Tickets.Router(), trainset, Tickets.metric()));
  }

  private static List<Integer> shown(RuleModel model) {
    List<SeenPrompt> seen = model.seen();
    return seen.get(seen.size() - 1).demos().stream()
        .map(demo -> Tickets.number(demo.get("text")))
        .toList();
  }

  @Test
  void showsEachCallItsNearestDemosNearestFirst() {
    RuleModel model = perfect();
    var optimized = compile(model, KnnFewShot.defaults());

    context(model).call(() -> optimized.run(new Ticket("ticket 40 about quartz")));
    assertThat(shown(model)).containsExactly(29, 28, 27);
    context(model).call(() -> optimized.run(new Ticket("ticket -3 about quartz")));
    assertThat(shown(model)).containsExactly(0, 1, 2);
  }

  @Test
  void makesNoModelCallButTheCallItself() {
    RuleModel model = perfect();
    var optimized = compile(model, KnnFewShot.defaults());
    int callsBefore = model.seen().size();
    int embeddingsBefore = embedder.calls.get();

    context(model).call(() -> optimized.run(new Ticket("ticket 40 about quartz")));

    assertThat(callsBefore).isEqualTo(30);
    assertThat(model.seen()).hasSize(31);
    assertThat(embedder.calls.get() - embeddingsBefore).isEqualTo(1);
  }

  @Test
  void takesRunsThatSucceededAndLabelsOfTheOthers() {
    var optimized = compile(new RuleModel("m", Tickets.rules(p -> 0.5)), KnnFewShot.defaults());

    List<Demo> demos = optimized.compiled().state().of("route").demos();
    assertThat(demos).hasSize(30);
    assertThat(demos).noneMatch(d -> d.outputs().get("label").stringValue().equals("wrong"));
    KnnFewShotReport report = optimized.report();
    int runs = report.bootstrappedByPredictor().getOrDefault("route", 0);
    assertThat(runs).isBetween(10, 20);
    assertThat(report.labeledByPredictor()).containsEntry("route", 30 - runs);
    assertThat(report.embeddings()).isEqualTo(30);
  }

  @Test
  void keepsWhatWasBootstrappedWhenTheBudgetEnds() {
    Context context = context(perfect()).toBuilder().budget(Budget.ofCalls(11)).build();

    var optimized =
        context.call(
            () -> KnnFewShot.defaults().compile(new Tickets.Router(), trainset, Tickets.metric()));

    KnnFewShotReport report = optimized.report();
    assertThat(report.bootstrappedByPredictor()).containsEntry("route", 11);
    assertThat(report.labeledByPredictor()).containsEntry("route", 19);
    assertThat(report.notes()).anyMatch(w -> w.contains("The budget ended bootstrapping"));
    assertThat(report.toString()).contains("note: The budget ended bootstrapping");
  }

  @Test
  void keepsOnceWhatRunsOnExamplesWithOtherLabelsShow() {
    Ticket ticket = new Ticket("ticket 1 about quartz");
    Dataset<Ticket, Route> rows =
        Dataset.of(
            List.of(Example.of(ticket, new Route("green")), Example.of(ticket, new Route("mint"))));

    var optimized =
        context(perfect())
            .call(
                () ->
                    KnnFewShot.defaults()
                        .compile(new Tickets.Router(), rows, Metric.of((wanted, actual) -> 1.0)));

    assertThat(optimized.compiled().state().of("route").demos()).hasSize(1);
    assertThat(optimized.report().embeddings()).isEqualTo(1);
  }

  @Test
  void eachPredictorChoosesByItsOwnInputs() {
    RuleModel model = new RuleModel("m", Relay.rules(p -> 1, p -> 1));
    Context context = context(model);
    var optimized =
        context.call(
            () -> KnnFewShot.defaults().compile(new Relay.TwoSteps(), trainset, Tickets.metric()));

    context.call(() -> optimized.run(new Ticket("ticket 40 about quartz")));

    List<SeenPrompt> seen = model.seen();
    SeenPrompt find = seen.get(seen.size() - 2);
    SeenPrompt decide = seen.get(seen.size() - 1);
    assertThat(find.demos()).hasSize(3).allMatch(d -> d.containsKey("clue"));
    assertThat(decide.demos()).hasSize(3).allMatch(d -> d.containsKey("label"));
    assertThat(decide.demos().get(0)).containsEntry("clue", "good ticket 29 about quartz");
  }

  @Test
  void isSavedAndLoaded(@TempDir Path folder) {
    RuleModel model = perfect();
    var optimized = compile(model, KnnFewShot.defaults().k(2));
    optimized.save(folder.resolve("knn.json"));

    var loaded = Compiled.load(new Tickets.Router(), folder.resolve("knn.json"));

    assertThat(loaded.state()).isEqualTo(optimized.compiled().state());
    context(model).call(() -> loaded.run(new Ticket("ticket 15 about quartz")));
    assertThat(shown(model)).hasSize(2).contains(15);
  }

  @Test
  void labelsNeedNoModelCall() {
    RuleModel model = perfect();

    var optimized = compile(model, KnnFewShot.defaults().bootstrap(false));

    assertThat(model.seen()).isEmpty();
    assertThat(optimized.report().labeledByPredictor()).containsEntry("route", 30);
    assertThat(optimized.report().bootstrap()).isEmpty();
  }

  @Test
  void saysWhichPredictorGotNoDemos() {
    var optimized =
        context(perfect())
            .call(
                () ->
                    KnnFewShot.defaults()
                        .bootstrap(false)
                        .compile(new Relay.TwoSteps(), trainset, Tickets.metric()));

    assertThat(optimized.report().notes()).hasSize(2).anyMatch(w -> w.contains("find"));
  }

  @Test
  void asATeacherItIsNeverShownTheExampleItIsRunOn() {
    RuleModel model = perfect();
    var teacher = compile(model, KnnFewShot.defaults());
    int before = model.seen().size();

    context(model)
        .call(
            () ->
                BootstrapFewShot.defaults()
                    .compile(
                        new Tickets.Router(), Teacher.of(teacher), trainset, Tickets.metric()));

    List<SeenPrompt> runs = model.seen().subList(before, model.seen().size());
    assertThat(runs).isNotEmpty().allMatch(prompt -> prompt.demos().size() == 3);
    assertThat(runs)
        .noneMatch(
            prompt ->
                prompt.demos().stream()
                    .anyMatch(demo -> prompt.input("text").equals(demo.get("text"))));
  }

  @Test
  void refusesAnotherEmbedderThanItWasCompiledWith() {
    RuleModel model = perfect();
    var optimized = compile(model, KnnFewShot.defaults());
    Context other = Contexts.of(model).toBuilder().embedder(new NumberEmbedder("others")).build();
    Ticket input = new Ticket("ticket 40 about quartz");

    assertThatThrownBy(() -> other.call(() -> optimized.run(input)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("numbers")
        .hasMessageContaining("others");
    assertThatThrownBy(() -> Contexts.of(model).call(() -> optimized.run(input)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none is set");
    assertThatThrownBy(
            () ->
                Contexts.of(model)
                    .call(
                        () ->
                            KnnFewShot.defaults()
                                .compile(new Tickets.Router(), trainset, Tickets.metric())))
        .hasMessageContaining("No embedder is set");
  }

  @Test
  void doesNotDependOnThreads() {
    KnnFewShot settings = KnnFewShot.defaults();
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 0.5));
    var alone =
        Contexts.of(model, 1).toBuilder()
            .embedder(embedder)
            .build()
            .call(() -> settings.compile(new Tickets.Router(), trainset, Tickets.metric()));

    assertThat(compile(model, settings).compiled().state()).isEqualTo(alone.compiled().state());
  }
}
