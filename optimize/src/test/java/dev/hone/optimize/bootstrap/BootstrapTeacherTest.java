package dev.hone.optimize.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.HoneException;
import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.lm.LmException;
import dev.hone.metric.Metric;
import dev.hone.optimize.Teacher;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.optimize.fewshot.LabeledFewShot;
import dev.hone.testkit.FlakyModel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class BootstrapTeacherTest {
  private final Dataset<Ticket, Route> trainset = Tickets.data(0, 30, "quartz");
  private final BootstrapFewShot optimizer = BootstrapFewShot.defaults();

  @Test
  void runsATeacherOnItsOwnModel() {
    RuleModel weak = new RuleModel("weak", Tickets.rules(p -> 0));
    RuleModel strong = new RuleModel("strong", Tickets.rules(p -> 1));

    var optimized =
        Contexts.of(weak)
            .call(
                () ->
                    optimizer.compile(
                        new Tickets.Router(), Teacher.on(strong), trainset, Tickets.metric()));

    assertThat(optimized.report().succeeded()).isEqualTo(8);
    assertThat(weak.seen()).isEmpty();
    assertThat(optimized.report().spend().lmCalls()).isEqualTo(strong.seen().size());
    assertThat(optimized.compiled().provenance().modelIds())
        .isEqualTo(Map.of("task", "weak", "teacher", "strong"));
  }

  @Test
  void aTeacherHasTheOptionsOfItsModel() {
    RuleModel student = new RuleModel("weak", Tickets.rules(p -> 0));
    RuleModel strong = new RuleModel("strong", Tickets.rules(p -> 1));
    Teacher<Ticket, Route> teacher = Teacher.on(strong.withOptions(o -> o.maxTokens(77)));

    Contexts.of(student)
        .call(() -> optimizer.compile(new Tickets.Router(), teacher, trainset, Tickets.metric()));

    assertThat(strong.seen()).isNotEmpty();
    assertThat(strong.seen()).allMatch(prompt -> prompt.options().maxTokens() == 77);
  }

  @Test
  void runsAnOptimizedProgramAsATeacherUnderItsState() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> p.demos().size() == 3 ? 1 : 0));

    var optimized =
        Contexts.of(model)
            .call(
                () -> {
                  var teacher =
                      LabeledFewShot.defaults()
                          .maxLabeledDemos(3)
                          .seed(5)
                          .compile(new Tickets.Router(), trainset);
                  return optimizer.compile(
                      new Tickets.Router(), Teacher.of(teacher), trainset, Tickets.metric());
                });

    assertThat(optimized.report().succeeded()).isBetween(4, 8);
  }

  @Test
  void runsOnlyThoseExamplesAgainWhosePromptsWereTooLong() {
    Map<Integer, Integer> answered = new ConcurrentHashMap<>();
    Map<Integer, Integer> demosOfFirst = new ConcurrentHashMap<>();
    RuleModel model =
        new RuleModel(
            "m",
            prompt -> {
              int ticket = Tickets.number(prompt.input("text"));
              demosOfFirst.putIfAbsent(ticket, prompt.demos().size());
              if (ticket % 8 == 3 && prompt.demos().size() > 2) {
                throw new LmException.ContextWindowExceeded("the prompt is too long", null);
              }
              answered.merge(ticket, 1, Integer::sum);
              return Tickets.rules(p -> 1).apply(prompt);
            });

    var optimized =
        Contexts.of(model)
            .call(
                () -> {
                  var teacher =
                      LabeledFewShot.defaults()
                          .maxLabeledDemos(4)
                          .seed(5)
                          .compile(new Tickets.Router(), Tickets.data(40, 50, "quartz"));
                  return optimizer.compile(
                      new Tickets.Router(), Teacher.of(teacher), trainset, Tickets.metric());
                });

    assertThat(optimized.report().notes())
        .anyMatch(note -> note.contains("it was used with the first 2 of 4 demos"));
    assertThat(demosOfFirst.values()).contains(4);
    assertThat(answered).hasSizeGreaterThanOrEqualTo(8);
    answered.forEach(
        (ticket, times) -> {
          if (ticket % 8 != 3) {
            assertThat(times).as("ticket %d", ticket).isEqualTo(1);
          }
        });
  }

  @Test
  void refusesATeacherWithOtherPredictorsBeforeTheFirstCall() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 1));

    assertThatThrownBy(
            () ->
                Contexts.of(model)
                    .call(
                        () ->
                            optimizer.compile(
                                new Relay.TwoSteps(),
                                Teacher.of(new Tickets.Router()),
                                trainset,
                                Tickets.metric())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The teacher has no predictor \"find\"");
    assertThat(model.seen()).isEmpty();
  }

  @Test
  void leavesTheStudentAsItWasWhenTheTeacherFails() {
    RuleModel model =
        new RuleModel(
            "m",
            prompt -> {
              if (Tickets.number(prompt.input("text")) % 2 == 0) {
                throw new LmException.InvalidRequest("refused", null);
              }
              return Tickets.rules(p -> 1).apply(prompt);
            });
    Tickets.Router student = new Tickets.Router();

    var optimized =
        Contexts.of(model).call(() -> optimizer.compile(student, trainset, Tickets.metric()));

    assertThat(student.route().state().demos()).isEmpty();
    assertThat(optimized.report().errors()).isPositive();
    assertThat(optimized.report().notes())
        .anyMatch(w -> w.contains("The first time the model gave no reply: refused"));
    assertThat(optimized.compiled().state().of("route").demos()).hasSize(16);
  }

  @Test
  void stopsAtOnceWhenTheMetricFailsOnEveryRun() {
    RuleModel model = new RuleModel("m", Tickets.rules(p -> 1));
    Metric<Ticket, Route> broken =
        (example, actual, context) -> {
          throw new IllegalStateException("no such field");
        };

    assertThatThrownBy(
            () ->
                Contexts.of(model)
                    .call(() -> optimizer.compile(new Tickets.Router(), trainset, broken)))
        .isInstanceOf(HoneException.class)
        .hasMessageContaining("no such field")
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(model.seen()).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void stopsAtOnceWhenTheModelCannotBeReachedAtAll() {
    FlakyModel down =
        FlakyModel.failingAlways(
            new RuleModel("m", Tickets.rules(p -> 1)),
            () -> new LmException.Unavailable("down", null, null));

    assertThatThrownBy(
            () ->
                Contexts.of(down)
                    .call(
                        () -> optimizer.compile(new Tickets.Router(), trainset, Tickets.metric())))
        .isInstanceOf(HoneException.class)
        .hasMessageContaining("down");
    assertThat(down.calls()).isLessThanOrEqualTo(8);
  }

  @Test
  void stopsWhenMoreExamplesFailedThanAllowed() {
    RuleModel model =
        new RuleModel(
            "m",
            prompt -> {
              if (Tickets.number(prompt.input("text")) % 2 == 0) {
                throw new LmException.InvalidRequest("refused", null);
              }
              return Map.of("label", "wrong");
            });

    assertThatThrownBy(
            () ->
                Contexts.of(model)
                    .call(
                        () ->
                            optimizer
                                .maxErrors(2)
                                .compile(new Tickets.Router(), trainset, Tickets.metric())))
        .isInstanceOf(HoneException.class)
        .hasMessageContaining("3 teacher runs failed, and maxErrors is 2. The first time the")
        .hasMessageContaining("refused");
  }
}
