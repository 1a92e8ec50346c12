package dev.hone.optimize.mipro;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.metric.Metric;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.Optimized;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.Relay;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.search.Search;
import dev.hone.program.Program;
import java.util.List;

/** The task that most tests optimize: 40 tickets to learn from, and others to choose by. */
final class Trial {
  static final Dataset<Ticket, Route> TRAINSET = Tickets.data(0, 40, "quartz");
  static final Dataset<Ticket, Route> VALSET = Tickets.data(40, 80, "quartz");

  private Trial() {}

  static OptimizationTask<Ticket, Route> task() {
    return task(new Tickets.Router());
  }

  static OptimizationTask<Ticket, Route> relay() {
    return task(new Relay.TwoSteps());
  }

  static OptimizationTask<Ticket, Route> task(Program<Ticket, Route> student) {
    return task(student, Tickets.metric());
  }

  static OptimizationTask<Ticket, Route> task(
      Program<Ticket, Route> student, Metric<Ticket, Route> metric) {
    return OptimizationTask.of(student, TRAINSET, metric).withValset(VALSET);
  }

  static Optimized<Ticket, Route, MiproV2Report> run(RuleModel model, MiproV2 settings) {
    return run(Contexts.of(model), settings, task());
  }

  static Optimized<Ticket, Route, MiproV2Report> run(
      Context context, MiproV2 settings, OptimizationTask<Ticket, Route> task) {
    return context.call(() -> settings.compile(task));
  }

  /** Small: three instructions, three demo sets, eight trials by TPE on the whole valset. */
  static MiproV2 small() {
    return MiproV2.light()
        .search(Search.tpe())
        .instructionCandidates(3)
        .demoSets(3)
        .trials(8)
        .maxBootstrappedDemos(2)
        .maxLabeledDemos(3);
  }

  /** As {@link #small()}, on minibatches of 10. */
  static MiproV2 minibatches() {
    return small().minibatch(true).minibatchSize(10).fullEvaluationSteps(3);
  }

  /** As {@link #minibatches()} under a search that takes minibatches, else {@link #small()}. */
  static MiproV2 minibatches(Search search) {
    MiproV2 settings = search.settingsOfBudgetOnly().isEmpty() ? minibatches() : small();
    return settings.search(search);
  }

  /** The prompts that work on an example of the valset. */
  static List<SeenPrompt> inTrials(RuleModel model) {
    return model.seen(
        prompt ->
            prompt.input("text").startsWith("ticket")
                && Tickets.number(prompt.input("text")) >= 40);
  }
}
