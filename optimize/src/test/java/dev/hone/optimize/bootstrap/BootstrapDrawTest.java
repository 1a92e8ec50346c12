package dev.hone.optimize.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import dev.hone.optimize.fewshot.BootstrapFewShot;
import dev.hone.program.Predict;
import dev.hone.testkit.ScriptedModel;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The temperature and the rollout id of a later round: for the program, not for its judge. */
class BootstrapDrawTest {
  private final ScriptedModel model =
      ScriptedModel.answering(request -> "[[ ## label ## ]]\nwrong\n\n[[ ## completed ## ]]");
  private final ScriptedModel judge =
      ScriptedModel.answering(request -> "[[ ## label ## ]]\nwrong\n\n[[ ## completed ## ]]");

  private static Set<LmOptions> options(ScriptedModel model) {
    return model.requests().stream().map(LmRequest::options).collect(Collectors.toSet());
  }

  @Test
  void winsOverTheOptionsOfAPartAndNeverReachesAJudge() {
    Predict<Ticket, Route> program =
        Predict.of(Ticket.class, Route.class, Tickets.ORIGINAL)
            .on(model.withOptions(o -> o.temperature(0.25)));
    Predict<Ticket, Route> judging = Predict.of(Ticket.class, Route.class, "Judge it.").on(judge);
    Metric<Ticket, Route> metric =
        (example, actual, context) ->
            Score.of(judging.run(example.input()).equals(example.expected()));
    Context context =
        Context.builder().lm(model).options(LmOptions.defaults().withTemperature(0.5)).build();

    context.call(
        () ->
            BootstrapFewShot.defaults()
                .maxRounds(3)
                .compile(program, Tickets.data(0, 12, "quartz"), metric));

    LmOptions own = LmOptions.defaults().withTemperature(0.25);
    LmOptions round = LmOptions.defaults().withTemperature(1.0);
    assertThat(options(model))
        .containsExactlyInAnyOrder(own, round.withRolloutId(1), round.withRolloutId(2));
    assertThat(options(judge)).containsExactly(LmOptions.defaults());
  }
}
