package dev.hone.optimize.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.lm.LmException;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EnsembleTest {
  private static final Ticket INPUT = new Ticket("ticket 1 about quartz");

  /** What a member says. */
  public record Verdict(String label, int score) {}

  private static Program<Ticket, Route> says(String label) {
    return input -> new Route(label);
  }

  private static Program<Ticket, Route> fails(RuntimeException error) {
    return input -> {
      throw error;
    };
  }

  private static Ensemble<Ticket, Route> majority(List<Program<Ticket, Route>> members) {
    return Ensemble.of(members, Ensemble.majority());
  }

  @Test
  void givesWhatMostMembersSay() {
    var ensemble = majority(List.of(says("red"), says("blue"), says("blue")));

    assertThat(ensemble.run(INPUT)).isEqualTo(new Route("blue"));
  }

  @Test
  void tiesGoToTheFirst() {
    var ensemble =
        majority(List.of(says("red"), says("blue"), says("green"), says("blue"), says("red")));

    assertThat(ensemble.run(INPUT)).isEqualTo(new Route("red"));
  }

  @Test
  void votesOnEachFieldByItself() {
    Program<Ticket, Verdict> one = input -> new Verdict("red", 1);
    Program<Ticket, Verdict> two = input -> new Verdict("red", 2);
    Program<Ticket, Verdict> three = input -> new Verdict("blue", 2);

    var ensemble = Ensemble.of(List.of(one, two, three), Ensemble.majorityByField(Verdict.class));

    assertThat(ensemble.run(INPUT)).isEqualTo(new Verdict("red", 2));
  }

  @Test
  void runsItsMembersConcurrently() {
    CyclicBarrier barrier = new CyclicBarrier(3);
    Program<Ticket, Route> waits =
        input -> {
          try {
            barrier.await(10, TimeUnit.SECONDS);
            return new Route("red");
          } catch (Exception e) {
            throw new IllegalStateException("alone", e);
          }
        };

    Route route =
        Contexts.of(new RuleModel("m", p -> Map.of()))
            .call(() -> majority(List.of(waits, waits, waits)).run(INPUT));

    assertThat(route).isEqualTo(new Route("red"));
  }

  @Test
  void leavesOutMembersThatFail() {
    var ensemble =
        majority(List.of(fails(new IllegalStateException("broken")), says("red"), says("red")));
    List<Ensemble.MemberFailed> events = new ArrayList<>();

    Ensemble.Answer<Route> answer =
        Contexts.of(new RuleModel("m", p -> Map.of()))
            .withListener(
                (event, metadata) -> {
                  if (event instanceof Ensemble.MemberFailed failed) {
                    events.add(failed);
                  }
                })
            .call(() -> ensemble.ask(INPUT));

    assertThat(answer.output()).isEqualTo(new Route("red"));
    assertThat(answer.votes().get(0).failure().orElseThrow()).hasMessage("broken");
    assertThat(events).extracting(Ensemble.MemberFailed::member).containsExactly(0);
  }

  @Test
  void saysWhyAllMembersFailed() {
    var ensemble =
        majority(
            List.of(
                fails(new IllegalStateException("first")),
                fails(new IllegalStateException("second"))));

    assertThatThrownBy(() -> ensemble.run(INPUT))
        .isInstanceOf(Ensemble.AllFailedException.class)
        .hasMessageContaining("All 2 members")
        .hasRootCauseMessage("first")
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("second"));
  }

  @Test
  void doesNotHideThatTheModelCannotBeReached() {
    var down = new LmException.Unavailable("down", null, null);
    var spent = new LmException.BudgetExhausted("spent");

    assertThatThrownBy(() -> majority(List.of(fails(down), fails(down))).run(INPUT)).isSameAs(down);
    assertThatThrownBy(() -> majority(List.of(says("red"), fails(spent))).run(INPUT))
        .isSameAs(spent);
  }

  @Test
  void asksTheSameMembersForTheSameInput() {
    List<Program<Ticket, Route>> members =
        IntStream.range(0, 10).mapToObj(i -> says("member " + i)).toList();
    var ensemble = majority(members).size(3);
    Set<List<Integer>> choices = new HashSet<>();
    Set<Integer> asked = new HashSet<>();

    for (int i = 0; i < 40; i++) {
      Ticket input = new Ticket("ticket " + i);
      List<Integer> chosen =
          ensemble.ask(input).votes().stream().map(Ensemble.Vote::member).toList();
      assertThat(chosen).hasSize(3).doesNotHaveDuplicates().isSorted();
      assertThat(ensemble.chosen(new Ticket("ticket " + i))).isEqualTo(chosen);
      choices.add(chosen);
      asked.addAll(chosen);
    }

    assertThat(asked).hasSize(10);
    assertThat(choices).hasSizeGreaterThan(10);
    assertThat(ensemble.seed(1).chosen(INPUT)).isNotEqualTo(ensemble.chosen(INPUT));
  }

  @Test
  void itsPredictorsAreThoseOfMembersThatAreNotCompiled() {
    Tickets.Router router = new Tickets.Router();
    Compiled<Ticket, Route> compiled =
        Compiled.of(router, Predictors.of(router).initialState(), Provenance.none());

    var ensemble =
        Ensemble.of(
            List.<Program<Ticket, Route>>of(new Tickets.Router(), compiled, new Tickets.Router()),
            Ensemble.<Route>majority());

    assertThat(Predictors.of(ensemble).byName())
        .containsOnlyKeys("members[0].route", "members[2].route");
  }

  @Test
  void refusesSizesThatCannotBe() {
    assertThatThrownBy(() -> majority(List.of(says("red"))).size(2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("size (2)");
    assertThatThrownBy(() -> majority(List.of())).hasMessageContaining("no members");
  }
}
