package dev.hone.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.agents.ReAct;
import dev.hone.agents.rollout.Majority;
import dev.hone.context.Context;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.MessagePart;
import dev.hone.springboot.Programs.Mail;
import dev.hone.springboot.Programs.Team;
import dev.hone.testkit.ScriptedModel;
import dev.hone.testkit.ScriptedTurn;
import dev.hone.tool.Tool;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Hone does on threads of its own is observed within the run or the request around it. */
@Timeout(60)
class ObservationParentsTest {
  @TempDir Path folder;

  private static final ScriptedModel ROUTER =
      ScriptedModel.answering(r -> "[[ ## team ## ]]\nbilling\n\n[[ ## completed ## ]]");

  private final List<Observation.Context> ended = new CopyOnWriteArrayList<>();

  /** Keeps what ended. */
  private record Keeper(List<Observation.Context> ended)
      implements ObservationHandler<Observation.Context> {
    @Override
    public void onStop(Observation.Context context) {
      ended.add(context);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }
  }

  private ObservationRegistry registry() {
    ObservationRegistry registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(new Keeper(ended));
    return registry;
  }

  private ApplicationContextRunner runner(LanguageModel model, ObservationRegistry registry) {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                HoneAutoConfiguration.class, HoneObservationAutoConfiguration.class))
        .withBean("model", LanguageModel.class, () -> model)
        .withBean(ObservationRegistry.class, () -> registry)
        .withPropertyValues(
            "hone.programs.route.file=" + folder.resolve("none.json"),
            "hone.programs.route.required=false");
  }

  /** What ended with that name, each with those around it to the root. */
  private List<String> paths(String name) {
    return ended.stream()
        .filter(context -> name.equals(context.getName()))
        .map(ObservationParentsTest::path)
        .toList();
  }

  private static String path(Observation.Context context) {
    List<String> names = new ArrayList<>();
    names.add(context.getName());
    ObservationView parent = context.getParentObservation();
    while (parent != null) {
      names.add(parent.getContextView().getName());
      parent = parent.getContextView().getParentObservation();
    }
    return String.join(" < ", names);
  }

  @Configuration(proxyBeanMethods = false)
  static class Voting {
    @Bean
    LiveProgram<Mail, Team> route(LivePrograms programs) {
      return programs.of("route", Majority.of(Programs.ROUTE, 3));
    }
  }

  @Test
  void rolloutsOfALiveProgramAreWithinItsRun() {
    ObservationRegistry registry = registry();
    runner(ROUTER, registry)
        .withUserConfiguration(Voting.class)
        .run(
            app -> {
              @SuppressWarnings("unchecked")
              LiveProgram<Mail, Team> route = app.getBean("route", LiveProgram.class);

              assertThat(route.run(new Mail("money"))).isEqualTo(new Team("billing"));

              assertThat(paths("hone.predict"))
                  .isNotEmpty()
                  .containsOnly("hone.predict < hone.run");
              assertThat(paths("hone.call"))
                  .isNotEmpty()
                  .containsOnly("hone.call < hone.predict < hone.run");
              assertThat(app.getBean(HoneObservations.class).open()).isZero();
            });
  }

  /** An agent whose tool asks a model of its own. */
  @Configuration(proxyBeanMethods = false)
  static class Asking {
    @Bean
    LiveProgram<Mail, Team> route(LivePrograms programs) {
      Tool team = Tool.of("team", "finds the team", Programs.ROUTE.on(ROUTER));
      return programs.of(
          "route", ReAct.of(Mail.class, Team.class, "Find the team of the mail.", team));
    }
  }

  private static ScriptedTurn turn(LmRequest request) {
    boolean found =
        request.messages().get(request.messages().size() - 1).parts().stream()
            .anyMatch(MessagePart.ToolResult.class::isInstance);
    return found
        ? ScriptedTurn.call("submit", "{\"team\": \"billing\"}")
        : ScriptedTurn.call("team", "{\"text\": \"money\"}");
  }

  @Test
  void whatAToolOfAnAgentAsksIsWithinTheRun() {
    ObservationRegistry registry = registry();
    runner(ScriptedModel.calling(ObservationParentsTest::turn), registry)
        .withUserConfiguration(Asking.class)
        .run(
            app -> {
              @SuppressWarnings("unchecked")
              LiveProgram<Mail, Team> route = app.getBean("route", LiveProgram.class);

              assertThat(route.run(new Mail("money"))).isEqualTo(new Team("billing"));

              assertThat(paths("hone.predict")).hasSize(3).containsOnly("hone.predict < hone.run");
              assertThat(paths("hone.call"))
                  .hasSize(3)
                  .containsOnly("hone.call < hone.predict < hone.run");
            });
  }

  @Test
  void withoutALiveProgramItIsWithinWhatIsCurrentWhereHoneIsCalled() {
    ObservationRegistry registry = registry();
    runner(ROUTER, registry)
        .run(
            app -> {
              Context context = app.getBean(Context.class);

              Observation.createNotStarted("request", registry)
                  .observe(
                      () -> {
                        context.run(() -> Majority.of(Programs.ROUTE, 3).run(new Mail("money")));
                      });

              assertThat(paths("hone.call"))
                  .isNotEmpty()
                  .containsOnly("hone.call < hone.predict < request");
              assertThat(registry.getCurrentObservation()).isNull();
            });
  }
}
