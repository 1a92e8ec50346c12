package dev.hone.optimize.propose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.optimize.bootstrap.ErrorContrast;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.fake.Contexts;
import dev.hone.optimize.fake.ProposerRules;
import dev.hone.optimize.fake.RuleModel;
import dev.hone.optimize.fake.SeenPrompt;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.propose.choose.ProposalChooser;
import dev.hone.program.Predictors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A step of the proposer that fails by a fault that is not retried is tried again. */
class ProposerRetryTest {
  private final Predictors predictors = Predictors.of(new Tickets.Router());

  /** Fails a number of requests for a field; a fault that is null is a reply that is null. */
  private static final class Failing extends ForwardingLanguageModel {
    private final String field;
    private final int times;
    private final Supplier<? extends Throwable> fault;
    private final AtomicInteger asked = new AtomicInteger();

    Failing(LanguageModel model, String field, int times, Supplier<? extends Throwable> fault) {
      super(model);
      this.field = field;
      this.times = times;
      this.fault = fault;
    }

    @Override
    public LmResponse call(LmRequest request) {
      if (SeenPrompt.of(request).asksFor(field) && asked.incrementAndGet() <= times) {
        Throwable thrown = fault.get();
        if (thrown == null) {
          return null;
        }
        throw ProposerRetryTest.<RuntimeException>sneaky(thrown);
      }
      return super.call(request);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> RuntimeException sneaky(Throwable error) throws E {
    throw (E) error;
  }

  static Stream<Arguments> stepsAndFaults() {
    List<Supplier<Throwable>> faults =
        List.of(
            () -> new LmException.ContentRefused("a fault", null),
            () -> new LmException.InvalidRequest("a fault", null),
            () -> new LmException.ContextWindowExceeded("a fault", null),
            () -> new IllegalStateException("a fault"),
            () -> new java.io.IOException("a fault"),
            () -> new NoClassDefFoundError("a fault"),
            () -> null);
    return Stream.of("observations", "summary", "description")
        .flatMap(step -> faults.stream().map(fault -> Arguments.of(step, fault)));
  }

  private Grounding ground(LanguageModel model, int examples) {
    return Contexts.of(model)
        .call(
            () ->
                new GroundedProposer(ProposerSettings.defaults(), predictors, 0)
                    .ground(Tickets.data(0, examples, "quartz"), List.of()));
  }

  @ParameterizedTest
  @MethodSource("stepsAndFaults")
  void aStepThatFailsOnceOrTwiceLosesNothing(String step, Supplier<Throwable> fault) {
    for (int examples : new int[] {5, 25}) {
      for (int times = 1; times <= 2; times++) {
        Failing model = new Failing(new RuleModel("m", ProposerRules::echo), step, times, fault);

        Grounding grounding = ground(model, examples);

        assertThat(grounding.datasetSummary()).isEqualTo("Topics: about quartz.");
        assertThat(grounding.programDescription()).isEqualTo("The program sorts tickets.");
        assertThat(grounding.failures()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("stepsAndFaults")
  void aStepThatFailsEachTimeIsGivenUpAndSaid(String step, Supplier<Throwable> fault) {
    Failing model = new Failing(new RuleModel("m", ProposerRules::echo), step, 1_000, fault);

    Grounding grounding = ground(model, 25);

    assertThat(model.asked).hasValue(3);
    assertThat(grounding.failures()).hasSize(1);
    boolean summary = !step.equals("description");
    assertThat(grounding.datasetSummary().isEmpty()).isEqualTo(summary);
    assertThat(grounding.programDescription().isEmpty()).isEqualTo(!summary);
  }

  @Test
  void aBatchThatIsAlwaysRefusedLosesNoOther() {
    RuleModel model =
        new RuleModel(
            "m",
            prompt -> {
              if (prompt.input("examples").contains("ticket 3 ")) {
                throw new LmException.ContentRefused("the filter", null);
              }
              return ProposerRules.echo(prompt);
            });

    Grounding grounding = ground(model, 35);

    assertThat(model.askedFor("observations")).hasSizeBetween(3, 6);
    assertThat(grounding.datasetSummary()).isEqualTo("Topics: about quartz.");
    assertThat(grounding.failures()).hasSize(1).allMatch(f -> f.contains("the filter"));
  }

  /** The last try of a description shows no run, which may hold what is refused. */
  @Test
  void aDescriptionIsLastAskedForWithoutTheRecordedRun() {
    RuleModel model =
        new RuleModel(
            "m",
            prompt -> {
              if (prompt.input("recordedRun").contains("hidden")) {
                throw new LmException.ContentRefused("the filter", null);
              }
              return ProposerRules.echo(prompt);
            });
    var step =
        dev.hone.program.TraceStep.of(
            "route",
            dev.hone.json.Json.object().put("text", "a"),
            dev.hone.json.Json.object().put("label", "hidden"),
            List.of());

    Grounding grounding =
        Contexts.of(model)
            .call(
                () ->
                    new GroundedProposer(ProposerSettings.defaults(), predictors, 0)
                        .ground(Tickets.data(0, 5, "quartz"), List.of(step)));

    assertThat(grounding.programDescription()).isEqualTo("The program sorts tickets.");
    assertThat(grounding.failures()).isEmpty();
  }

  @Test
  void aFirstBatchThatHasNothingToAddDoesNotEndTheSummary() {
    AtomicInteger batches = new AtomicInteger();
    RuleModel model =
        new RuleModel(
            "m",
            prompt -> {
              if (!prompt.asksFor("observations")) {
                return ProposerRules.echo(prompt);
              }
              int batch = batches.incrementAndGet();
              return Map.of(
                  "observations",
                  batch == 1 ? "about granite" : "about marble",
                  "nothingToAdd",
                  batch == 2 ? "false" : "true");
            });

    Grounding grounding = ground(model, 25);

    assertThat(model.askedFor("observations")).hasSize(3);
    assertThat(model.askedFor("observations").get(1).input("earlierObservations"))
        .isEqualTo("about granite");
    assertThat(model.askedFor("summary").get(0).input("observations"))
        .isEqualTo("about granite\nabout marble");
    assertThat(grounding.failures()).isEmpty();
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void aProposalThatFailsIsMadeAgainWithAnotherTipAndOtherDemos() {
    AtomicInteger asked = new AtomicInteger();
    RuleModel model =
        new RuleModel(
            "m",
            prompt -> {
              if (asked.incrementAndGet() == 1) {
                throw new Refused();
              }
              return ProposerRules.echo(prompt);
            });
    List<DemoCandidate> sets =
        List.of(new DemoCandidate(DemoCandidate.Origin.ZERO_SHOT, List.of()));
    InstructionStage stage =
        new InstructionStage(
            new GroundedProposer(ProposerSettings.defaults(), predictors, 0),
            new ProposalChooser(ProposerSettings.defaults(), 0),
            new Grounding("", "", List.of()),
            Map.of("route", sets),
            new InstructionGuard(predictors, List.of()));
    Context context = Contexts.of(model, 1);

    var proposed =
        context.call(
            () ->
                stage.propose(
                    1,
                    2,
                    Map.of("route", new ArrayList<>()),
                    new RoundEvidence(Map.of(), ErrorContrast.none())));

    assertThat(proposed.get("route")).hasSize(2);
    assertThat(stage.failures()).isEmpty();
    assertThat(stage.notes())
        .singleElement()
        .asString()
        .startsWith("1 proposal failed and was made again. The first: The instruction for route");
    List<SeenPrompt> prompts = model.askedFor("instruction");
    assertThat(prompts).hasSize(3);
    assertThat(prompts.get(2).input("tip")).isNotEqualTo(prompts.get(0).input("tip"));
    assertThat(prompts.get(2).options().rolloutId())
        .isEqualTo(prompts.get(0).options().rolloutId() + 100);
  }
}
