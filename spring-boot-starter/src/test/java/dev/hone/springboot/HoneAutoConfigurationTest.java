package dev.hone.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.adapter.Adapter;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.springboot.Programs.Mail;
import dev.hone.springboot.Programs.Team;
import dev.hone.testkit.ScriptedModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

class HoneAutoConfigurationTest {
  @TempDir Path folder;

  private final ScriptedModel model =
      ScriptedModel.answering(
          request ->
              "[[ ## team ## ]]\n"
                  + (request.toText().contains("SHOUT") ? "BILLING" : "billing")
                  + "\n\n[[ ## completed ## ]]");

  private ApplicationContextRunner runner() {
    return bare().withBean("model", LanguageModel.class, () -> model);
  }

  private static ApplicationContextRunner bare() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                HoneAutoConfiguration.class,
                HoneHealthAutoConfiguration.class,
                HoneMetricsAutoConfiguration.class,
                HoneObservationAutoConfiguration.class));
  }

  @Test
  void makesAContextOfTheProperties() {
    runner()
        .withPropertyValues(
            "hone.max-in-flight=3",
            "hone.retry.max-attempts=2",
            "hone.retry.initial-delay=10ms",
            "hone.traffic.deadline=2m",
            "hone.budget.calls=1",
            "hone.options.temperature=0.5",
            "hone.adapter=json",
            "hone.isolate-cache-by=customer")
        .run(
            app -> {
              Context context = app.getBean(Context.class);
              assertThat(context.lm().id()).isEqualTo(model.id());
              assertThat(context.lm().maxInFlight()).isEqualTo(3);
              assertThat(context.options().temperature()).isEqualTo(0.5);
              assertThat(context.adapter()).isSameAs(Adapter.json());
              assertThat(context.budget().callsLeft()).hasValue(1);
              assertThat(context.call(() -> context.ask("a", "b"))).isNotBlank();
              assertThat(context.budget().callsLeft()).hasValue(0);
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnContext {
    @Bean
    Context mine() {
      return Context.builder().lm(ScriptedModel.answering(r -> "x").withId("mine:own")).build();
    }
  }

  @Test
  void theApplicationsOwnBeansWin() {
    runner()
        .withUserConfiguration(OwnContext.class)
        .run(app -> assertThat(app.getBean(Context.class).lm().id()).isEqualTo("mine:own"));
  }

  @Test
  void takesTheChatModelOfSpringAiWhereThereIsNoOther() {
    ChatModel chat =
        prompt ->
            new ChatResponse(
                List.of(
                    new Generation(
                        new AssistantMessage("hello"),
                        ChatGenerationMetadata.builder().finishReason("stop").build())));
    bare()
        .withBean(ChatModel.class, () -> chat)
        .withPropertyValues("hone.model-id=acme:chat")
        .run(
            app -> {
              Context context = app.getBean(Context.class);
              assertThat(context.lm().id()).isEqualTo("acme:chat");
              assertThat(context.call(() -> context.ask("a", "b"))).isEqualTo("hello");
            });
  }

  @Test
  void takesAModelByNameWithItsKeyFromTheApplicationsProperties() {
    bare()
        .withPropertyValues("hone.model=keyed:tiny", "KEYED_API_KEY=sk-0123456789")
        .run(
            app -> {
              Context context = app.getBean(Context.class);
              assertThat(context.lm().id()).isEqualTo("keyed:tiny");
              assertThat(context.call(() -> context.ask("a", "b"))).isEqualTo("a key of 13");
              assertThat(app.getBean(HoneProperties.class).toString() + context)
                  .contains("keyed:tiny")
                  .doesNotContain("sk-0123456789");
            });
    bare()
        .withPropertyValues("hone.model=keid:tiny")
        .run(app -> assertThat(app).getFailure().hasStackTraceContaining("Maybe"));
  }

  private static ApplicationContextRunner keyed(ApplicationContextRunner runner) {
    return runner.withPropertyValues("hone.model=keyed:tiny", "KEYED_API_KEY=sk-0123456789");
  }

  private static String modelOf(BeanFactory app) {
    return app.getBean(Context.class).lm().id();
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void aModelOfItsOwnWinsOverANameAndTheLogSaysSo(CapturedOutput output) {
    keyed(runner()).run(app -> assertThat(modelOf(app)).isEqualTo(model.id()));

    assertThat(output)
        .contains(
            "hone.model (keyed:tiny) is not used, since the application's own LanguageModel bean"
                + " (scripted) wins. Maybe remove one of the two.");
  }

  @Configuration(proxyBeanMethods = false)
  static class WithJudge {
    @Bean(defaultCandidate = false)
    LanguageModel judge() {
      return ScriptedModel.answering(r -> "x").withId("judge");
    }
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void aModelForSomethingElseIsNoneOfTheContext(CapturedOutput output) {
    keyed(bare())
        .withUserConfiguration(WithJudge.class)
        .run(app -> assertThat(modelOf(app)).isEqualTo("keyed:tiny"));

    assertThat(output).doesNotContain("is not used");
  }

  @Test
  void ofSeveralModelsThePrimaryOneWinsAndElseTheName() {
    ApplicationContextRunner two =
        runner().withBean("second", LanguageModel.class, () -> model.withId("second"));
    keyed(two).run(app -> assertThat(modelOf(app)).isEqualTo("keyed:tiny"));
    two.run(app -> assertThat(app).getFailure().hasStackTraceContaining("NoUniqueBean"));

    keyed(runner())
        .withBean(
            "second",
            LanguageModel.class,
            () -> model.withId("second"),
            definition -> definition.setPrimary(true))
        .run(app -> assertThat(modelOf(app)).isEqualTo("second"));
  }

  @Test
  void startsWithoutAModelAndSaysSo() {
    bare()
        .run(
            app -> {
              assertThat(app).hasNotFailed();
              Health health = app.getBean(HoneHealthIndicator.class).health();
              assertThat(health.getStatus()).isEqualTo(Status.DOWN);
              assertThat(health.getDetails()).containsEntry("model", "none");
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class Typed {
    @Bean
    LiveProgram<Mail, Team> route(LivePrograms programs) {
      return programs.of("route", Programs.ROUTE);
    }
  }

  @Test
  void loadsAProgramSwapsItAndKeepsItWhereTheNewOneIsBroken() throws IOException {
    Path file = Programs.saved(folder.resolve("route.json"), "Say the team.");
    runner()
        .withUserConfiguration(Typed.class)
        .withPropertyValues("hone.programs.route.file=" + file, "hone.reload-interval=0")
        .run(
            app -> {
              @SuppressWarnings("unchecked")
              LiveProgram<Mail, Team> route = app.getBean("route", LiveProgram.class);
              LivePrograms programs = app.getBean(LivePrograms.class);
              HoneHealthIndicator health = app.getBean(HoneHealthIndicator.class);
              assertThat(route.run(new Mail("money"))).isEqualTo(new Team("billing"));
              assertThat(health.health().getStatus()).isEqualTo(Status.UP);

              Programs.saved(file, "SHOUT the team.");
              assertThat(route.run(new Mail("money"))).isEqualTo(new Team("billing"));
              programs.reload();
              assertThat(route.run(new Mail("money"))).isEqualTo(new Team("BILLING"));
              assertThat(route.problem()).isEmpty();

              Files.writeString(file, "{ half a prog");
              programs.reload();
              assertThat(route.run(new Mail("other money"))).isEqualTo(new Team("BILLING"));
              assertThat(route.problem())
                  .hasValueSatisfying(p -> assertThat(p).contains("route.json"));
              Health degraded = health.health();
              assertThat(degraded.getStatus()).isEqualTo(HoneHealthIndicator.DEGRADED);
              assertThat(degraded.getDetails().get("programs").toString()).contains("problem=");

              Files.delete(file);
              programs.reload();
              assertThat(route.problem())
                  .hasValueSatisfying(p -> assertThat(p).contains("no longer"));

              Programs.saved(file, "Say the team softly.");
              programs.reload();
              assertThat(route.problem()).isEmpty();
              assertThat(route.run(new Mail("money"))).isEqualTo(new Team("billing"));
              assertThat(health.health().getStatus()).isEqualTo(Status.UP);
            });
  }

  @Test
  void reloadsByItself() {
    Path file = Programs.saved(folder.resolve("route.json"), "Say the team.");
    runner()
        .withUserConfiguration(Typed.class)
        .withPropertyValues("hone.programs.route.file=" + file, "hone.reload-interval=20ms")
        .run(
            app -> {
              @SuppressWarnings("unchecked")
              LiveProgram<Mail, Team> route = app.getBean("route", LiveProgram.class);
              var before = route.since();
              Programs.saved(file, "SHOUT the team.");
              long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
              while (route.since().equals(before) && System.nanoTime() < end) {
                Thread.onSpinWait();
              }
              assertThat(route.run(new Mail("money"))).isEqualTo(new Team("BILLING"));
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class Taker {
    private final LiveProgram<Map<String, Object>, Map<String, Object>> route;

    Taker(LiveProgram<Map<String, Object>, Map<String, Object>> route) {
      this.route = route;
    }
  }

  @Test
  void aProgramWithoutCodeIsABeanOfMaps() {
    Path file = Programs.saved(folder.resolve("route.json"), "SHOUT the team.");
    runner()
        .withUserConfiguration(Taker.class)
        .withPropertyValues("hone.programs.route.file=" + file)
        .run(
            app -> {
              assertThat(app.getBeanNamesForType(LiveProgram.class)).containsExactly("route");
              assertThat(app.getBean(Taker.class).route.run(Map.of("text", "money")))
                  .isEqualTo(Map.of("team", "BILLING"));
            });
  }

  @Test
  void takesProgramsFromTheClassPathAndFromAStore() throws IOException {
    dev.hone.store.FolderPrograms.of(folder.resolve("store"))
        .put("route", "", Programs.with("SHOUT the team."));
    runner()
        .withUserConfiguration(Typed.class)
        .withPropertyValues("hone.store.folder=" + folder.resolve("store"))
        .run(
            app -> {
              LiveProgram<?, ?> route = app.getBean("route", LiveProgram.class);
              assertThat(route.place()).startsWith("route in the folder");
              assertThat(route.current().toString()).contains("Compiled[");
              dev.hone.store.FolderPrograms.of(folder.resolve("store"))
                  .put("route", "", Programs.with("Say it."));
              var before = route.current();
              app.getBean(LivePrograms.class).reload();
              assertThat(route.current()).isNotSameAs(before);
            });
    Path root = Path.of("target/test-classes/route-in-jar.json");
    Programs.saved(root, "SHOUT the team.");
    runner()
        .withUserConfiguration(Typed.class)
        .withPropertyValues("hone.programs.route.file=classpath:route-in-jar.json")
        .run(app -> assertThat(app).hasNotFailed());
    Files.delete(root);
  }

  @Test
  void saysWhatIsMissing() {
    runner()
        .withUserConfiguration(Taker.class)
        .withPropertyValues("hone.programs.route.file=" + folder.resolve("none.json"))
        .run(
            app ->
                assertThat(app)
                    .getFailure()
                    .hasStackTraceContaining("There is no program \"route\" at")
                    .hasStackTraceContaining("Maybe check the path"));
    runner()
        .withUserConfiguration(Typed.class)
        .withPropertyValues(
            "hone.programs.route.file=" + folder.resolve("none.json"),
            "hone.programs.route.required=false")
        .run(
            app -> {
              @SuppressWarnings("unchecked")
              LiveProgram<Mail, Team> route = app.getBean("route", LiveProgram.class);
              assertThat(route.run(new Mail("money"))).isEqualTo(new Team("billing"));
              HoneHealthIndicator health = app.getBean(HoneHealthIndicator.class);
              assertThat(health.health().getStatus()).isEqualTo(Status.UP);
              assertThat(from(health).toString()).startsWith("code, since there is nothing at ");
              Path file = Programs.saved(folder.resolve("none.json"), "SHOUT the team.");
              app.getBean(LivePrograms.class).reload();
              assertThat(from(health)).isEqualTo(file.toString());
              Files.delete(file);
              app.getBean(LivePrograms.class).reload();
              assertThat(from(health)).isEqualTo(file.toString());
            });
  }

  private static Object from(HoneHealthIndicator health) {
    Map<?, ?> programs = (Map<?, ?>) health.health().getDetails().get("programs");
    return ((Map<?, ?>) programs.get("route")).get("from");
  }

  @Test
  void observesRunsPredictorsAndCallsWithoutTheirContent() {
    TestObservationRegistry registry = TestObservationRegistry.create();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Path file = Programs.saved(folder.resolve("route.json"), "Say the team.");
    runner()
        .withUserConfiguration(Typed.class)
        .withBean(TestObservationRegistry.class, () -> registry)
        .withBean(SimpleMeterRegistry.class, () -> meters)
        .withPropertyValues("hone.programs.route.file=" + file)
        .run(
            app -> {
              @SuppressWarnings("unchecked")
              LiveProgram<Mail, Team> route = app.getBean("route", LiveProgram.class);
              route.run(new Mail("a secret letter"));

              TestObservationRegistryAssert.assertThat(registry)
                  .hasObservationWithNameEqualTo("hone.run")
                  .that()
                  .hasLowCardinalityKeyValue("hone.program", "route")
                  .hasBeenStopped();
              TestObservationRegistryAssert.assertThat(registry)
                  .hasObservationWithNameEqualTo("hone.predict")
                  .that()
                  .hasParentObservationContextMatching(c -> "hone.run".equals(c.getName()));
              TestObservationRegistryAssert.assertThat(registry)
                  .hasObservationWithNameEqualTo("hone.call")
                  .that()
                  .hasLowCardinalityKeyValue("gen_ai.operation.name", "chat")
                  .hasLowCardinalityKeyValue("hone.cached", "false")
                  .hasHighCardinalityKeyValueWithKey("gen_ai.usage.input_tokens")
                  .doesNotHaveHighCardinalityKeyValueWithKey("gen_ai.input.messages")
                  .hasParentObservationContextMatching(c -> "hone.predict".equals(c.getName()))
                  .hasBeenStopped();
              assertThat(app.getBean(HoneObservations.class).open()).isZero();
              assertThat(
                      meters.get("hone.tokens").tag("gen_ai.token.type", "input").summary().count())
                  .isEqualTo(1);
              route.run(new Mail("a secret letter"));
              assertThat(meters.get("hone.replies").tag("hone.cached", "true").counter().count())
                  .isEqualTo(1);
            });
  }

  @Test
  void aFailureIsObservedByItsClassAndNotInTheWordsOfTheReply() {
    List<Observation.Context> failed = new CopyOnWriteArrayList<>();
    ObservationRegistry registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(new Failures(failed));
    Path file = Programs.saved(folder.resolve("route.json"), "Say the team.");
    bare()
        .withBean("model", LanguageModel.class, () -> ScriptedModel.answering(r -> "Ask Mr Smith."))
        .withUserConfiguration(Typed.class)
        .withBean(ObservationRegistry.class, () -> registry)
        .withPropertyValues("hone.programs.route.file=" + file)
        .run(
            app -> {
              @SuppressWarnings("unchecked")
              LiveProgram<Mail, Team> route = app.getBean("route", LiveProgram.class);

              assertThatThrownBy(() -> route.run(new Mail("a secret letter")))
                  .hasMessageContaining("Mr Smith");

              assertThat(failed)
                  .extracting(Observation.Context::getName)
                  .containsExactly("hone.predict", "hone.run");
              assertThat(failed)
                  .allSatisfy(
                      context -> {
                        assertThat(context.getLowCardinalityKeyValue("error.type").getValue())
                            .isEqualTo("UnparsableReplyException");
                        assertThat(context.getError())
                            .hasMessage("UnparsableReplyException")
                            .hasNoCause();
                      });
            });
  }

  /** Keeps what failed. */
  private record Failures(List<Observation.Context> failed)
      implements ObservationHandler<Observation.Context> {
    @Override
    public void onStop(Observation.Context context) {
      if (context.getError() != null) {
        failed.add(context);
      }
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }
  }

  @Test
  void showsPromptsWhereAsked() {
    TestObservationRegistry registry = TestObservationRegistry.create();
    runner()
        .withBean(TestObservationRegistry.class, () -> registry)
        .withPropertyValues("hone.observation.content=true")
        .run(
            app -> {
              Context context = app.getBean(Context.class);
              context.run(() -> context.ask("a", "a secret letter"));
              TestObservationRegistryAssert.assertThat(registry)
                  .hasObservationWithNameEqualTo("hone.call")
                  .that()
                  .hasHighCardinalityKeyValueWithKey("gen_ai.input.messages");
            });
  }

  @Test
  void healthTellsOfARefusedCredential() {
    ScriptedModel refusing =
        ScriptedModel.replying(
            request -> {
              throw new LmException.Unauthorized("no", null);
            });
    bare()
        .withBean(LanguageModel.class, () -> refusing)
        .run(
            app -> {
              Context context = app.getBean(Context.class);
              try {
                context.run(() -> context.ask("a", "b"));
              } catch (LmException.Unauthorized expected) {
                assertThat(expected).hasMessage("no");
              }
              Health health = app.getBean(HoneHealthIndicator.class).health();
              assertThat(health.getStatus()).isEqualTo(Status.DOWN);
              assertThat(health.getDetails()).containsEntry("lastCall", "Unauthorized");
            });
  }

  @Test
  void healthGoesByTheContextsOwnModelAndNotByACache() {
    ScriptedModel revoked =
        ScriptedModel.replying(
            request -> {
              if (request.toText().contains("known")) {
                return LmResponse.of("yes", LmUsage.of(1, 1), "own");
              }
              throw new LmException.Unauthorized("no", null);
            });
    bare()
        .withBean(LanguageModel.class, () -> revoked.withId("own"))
        .run(
            app -> {
              Context context = app.getBean(Context.class);
              HoneHealthIndicator health = app.getBean(HoneHealthIndicator.class);
              context.run(() -> context.ask("a", "known"));
              Context judge = context.toBuilder().lm(revoked.withId("judge")).build();
              assertThatThrownBy(() -> judge.ask("a", "judge this"))
                  .isInstanceOf(LmException.Unauthorized.class);
              assertThat(health.health().getStatus()).isEqualTo(Status.UP);

              assertThatThrownBy(() -> context.ask("a", "new"))
                  .isInstanceOf(LmException.Unauthorized.class);
              context.run(() -> context.ask("a", "known"));
              assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
            });
  }

  @Test
  void healthTellsOfAFailureThatAFallbackDidNotMend() {
    ScriptedModel away =
        ScriptedModel.replying(
            request -> {
              throw new LmException.Unavailable("down", null, null);
            });
    LmPipeline pipeline =
        LmPipeline.builder(away.withId("own"))
            .retry(RetrySettings.none())
            .fallback(LmPipeline.builder(away.withId("small")).retry(RetrySettings.none()).build())
            .build();
    bare()
        .withBean(LanguageModel.class, () -> pipeline)
        .run(
            app -> {
              Context context = app.getBean(Context.class);
              assertThatThrownBy(() -> context.ask("a", "b"))
                  .isInstanceOf(LmException.Unavailable.class);
              assertThat(app.getBean(HoneHealthIndicator.class).health().getStatus())
                  .isEqualTo(HoneHealthIndicator.DEGRADED);
            });
  }

  @Test
  void whereAProgramIsShowsNoCredential() {
    bare()
        .withBean("model", LanguageModel.class, () -> model)
        .withUserConfiguration(Typed.class)
        .withPropertyValues(
            "hone.programs.route.file=file:///none/route.json?sig=abc123def",
            "hone.programs.route.required=false",
            "hone.reload-interval=0")
        .run(
            app -> {
              Health health = app.getBean(HoneHealthIndicator.class).health();
              assertThat(health.toString()).contains("route.json").doesNotContain("abc123def");
            });
  }

  @Test
  void theMetadataNamesEveryPropertyAndNoOther() throws IOException {
    Set<String> named = new TreeSet<>();
    JsonNode metadata =
        Json.parse(
            Files.readString(
                Path.of("src/main/resources/META-INF/spring-configuration-metadata.json")));
    metadata.path("properties").forEach(p -> named.add(p.path("name").stringValue()));
    Set<String> bound = new TreeSet<>();
    names("hone", HoneProperties.class, bound);

    assertThat(named).isEqualTo(bound);
  }

  private static void names(String prefix, Class<?> type, Set<String> names) {
    for (RecordComponent part : type.getRecordComponents()) {
      String name =
          prefix
              + "."
              + part.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
      if (part.getType().isRecord()) {
        names(name, part.getType(), names);
      } else {
        names.add(name);
      }
    }
  }

  @Test
  void noPropertyTakesAKey() {
    Set<String> bound = new TreeSet<>();
    names("hone", HoneProperties.class, bound);

    assertThat(bound).noneMatch(name -> name.matches(".*(key|secret|password|credential).*"));
  }
}
