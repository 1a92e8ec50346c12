package dev.hone.optimize;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.lm.LanguageModel;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;

/** What the tests of models that give nothing have in common. */
final class Hopeless {
  /** The reply of a model that never answers. */
  static final String SORRY = "I'm sorry, I can't help with that.";

  /** More examples than a run on such a model may see. */
  static final Dataset<Ticket, Route> TRAINSET = Tickets.data(0, 200, "quartz");

  private Hopeless() {}

  /** A context with an embedder, since some optimizers need one. */
  static Context context(LanguageModel model, int maxInFlight) {
    return Contexts.of(model, maxInFlight).toBuilder()
        .embedder(OptimizerContractTest.LENGTHS)
        .build();
  }
}
