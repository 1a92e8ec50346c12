package dev.hone.optimize.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.candidate.BootstrapSettings;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.prompt.Demo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DistinctDemosTest {
  private static final BootstrapSettings FOUR_OF_EIGHT =
      BootstrapSettings.defaults().withMaxBootstrappedDemos(4).withMaxLabeledDemos(8);

  private final RuleModel model = new RuleModel("m", Tickets.rules(p -> 1));

  /** Forty copies of one row, and some others. */
  private static Dataset<Ticket, Route> repeats(int others) {
    List<Example<Ticket, Route>> rows =
        new ArrayList<>(Collections.nCopies(40, Tickets.ticket(1, "quartz")));
    rows.addAll(Tickets.data(2, 2 + others, "quartz").examples());
    return Dataset.of(rows);
  }

  private List<Demo> bootstrap(Dataset<Ticket, Route> rows, Metric<Ticket, Route> metric) {
    BootstrapFewShot optimizer = BootstrapFewShot.defaults().bootstrap(defaults -> FOUR_OF_EIGHT);
    return Contexts.of(model)
        .call(() -> optimizer.compile(new Tickets.Router(), rows, metric))
        .compiled()
        .state()
        .of("route")
        .demos();
  }

  private static List<List<JsonNode>> shown(List<Demo> demos) {
    return demos.stream().map(demo -> List.<JsonNode>of(demo.inputs(), demo.outputs())).toList();
  }

  @Test
  void showsOneRowThatRepeatsOnceAndRunsItOnce() {
    assertThat(bootstrap(repeats(0), Tickets.metric())).hasSize(1);
    assertThat(model.seen()).hasSize(1);
  }

  @Test
  void fillsASetWithOtherRowsWhereOneRepeats() {
    List<Demo> demos = bootstrap(repeats(9), Tickets.metric());

    assertThat(demos).hasSize(8);
    assertThat(demos).filteredOn(d -> d.origin() == Demo.Origin.BOOTSTRAPPED).hasSize(4);
    assertThat(shown(demos)).doesNotHaveDuplicates();
  }

  @Test
  void showsOnceWhatRunsOnExamplesWithOtherLabelsShow() {
    Ticket ticket = new Ticket("ticket 1 about quartz");
    Dataset<Ticket, Route> rows =
        Dataset.of(
            List.of(
                Example.of(ticket, new Route("green")),
                Example.of(ticket, new Route("mint")),
                Example.of(ticket, new Route("jade"))));

    List<Demo> demos = bootstrap(rows, (example, actual, context) -> Score.of(1));

    assertThat(shown(demos)).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void labelledDemosAreDistinct() {
    List<Demo> demos =
        LabeledFewShot.defaults()
            .compile(new Tickets.Router(), repeats(3))
            .compiled()
            .state()
            .of("route")
            .demos();

    assertThat(demos).hasSize(4);
    assertThat(shown(demos)).doesNotHaveDuplicates();
  }

  @Test
  void demoSetsOfASearchAreDistinctInside() {
    DemoSets sets =
        Contexts.of(model)
            .call(
                () ->
                    DemoSets.build(
                        OptimizationTask.of(new Tickets.Router(), repeats(3), Tickets.metric()),
                        FOUR_OF_EIGHT,
                        6,
                        0));

    assertThat(sets.byPredictor().get("route"))
        .allSatisfy(set -> assertThat(shown(set.demos())).doesNotHaveDuplicates());
  }
}
