package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.ProposalChoice;
import dev.hone.optimize.candidate.ProposerSettings;
import dev.hone.optimize.propose.GroundedProposer;
import dev.hone.optimize.propose.Grounding;
import dev.hone.optimize.propose.StepFailure;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.prompt.Demo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What the model proposes for one predictor of two is about that one. */
class ProposesForOnePredictorTest {
  private static final String TOPIC = "topic: enum[BILLING|TECHNICAL|SALES]";
  private static final String PRIORITY = "priority: enum[LOW|HIGH]";

  private record TwoSteps(
      Predict<ObjectNode, ObjectNode> sort, Predict<ObjectNode, ObjectNode> rank)
      implements Program<ObjectNode, ObjectNode> {
    TwoSteps() {
      this(
          Asking.predict("text -> " + TOPIC, "Say what the text is about."),
          Asking.predict("text, " + TOPIC + " -> " + PRIORITY, "Say how urgent the text is."));
    }

    @Override
    public ObjectNode run(ObjectNode input) {
      return rank.run(input.deepCopy().setAll(sort.run(input)));
    }
  }

  private static final List<String[]> ROWS =
      List.of(
          new String[] {"My invoice lists the same item twice.", "BILLING", "LOW"},
          new String[] {"You took money from my account, I cannot pay rent!", "BILLING", "HIGH"},
          new String[] {"The page shows a wrong icon in the corner.", "TECHNICAL", "LOW"},
          new String[] {"All our servers are down, nobody can work!", "TECHNICAL", "HIGH"},
          new String[] {"Do you have a price list for next year?", "SALES", "LOW"},
          new String[] {"We must sign the contract today or we leave!", "SALES", "HIGH"});

  private final Predictors predictors = Predictors.of(new TwoSteps());

  private static ObjectNode object(String... namesAndValues) {
    ObjectNode object = Asking.object("{}");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  private static Dataset<ObjectNode, ObjectNode> data() {
    Predict<ObjectNode, ObjectNode> whole =
        Asking.predict("text -> " + TOPIC + ", " + PRIORITY, "");
    return Dataset.of(
        ROWS.stream()
            .map(
                row ->
                    Example.of(object("text", row[0]), object("topic", row[1], "priority", row[2])))
            .toList());
  }

  private static List<Demo> demos(String predictor) {
    return ROWS.stream()
        .map(
            row ->
                predictor.equals("sort")
                    ? demo(object("text", row[0]), object("topic", row[1]))
                    : demo(object("text", row[0], "topic", row[1]), object("priority", row[2])))
        .toList();
  }

  private static Demo demo(ObjectNode inputs, ObjectNode outputs) {
    return new Demo(inputs, outputs, Demo.Origin.LABELED, "");
  }

  private List<String> proposals(String predictor) {
    List<DemoCandidate> sets =
        List.of(new DemoCandidate(DemoCandidate.Origin.LABELED, demos(predictor)));
    List<StepFailure> failures = new ArrayList<>();
    GroundedProposer proposer = new GroundedProposer(ProposerSettings.defaults(), predictors, 0);
    List<String> proposals =
        Context.builder()
            .lm(EmbeddedModel.load())
            .build()
            .call(
                () -> {
                  Grounding grounding = proposer.ground(data(), List.of());
                  return Stream.of(1L, 2L, 3L)
                      .flatMap(
                          rollout ->
                              proposer
                                  .propose(
                                      predictor,
                                      new ProposalChoice("Be brief.", true, true, 0, 1.0),
                                      grounding,
                                      sets,
                                      List.of(),
                                      rollout,
                                      failures)
                                  .stream())
                      .toList();
                });
    assertThat(failures).isEmpty();
    return proposals;
  }

  private static List<String> described(String proposal) {
    return ValueNotes.in(proposal).stream().map(ValueDescription::value).toList();
  }

  @Test
  void theFirstStepHasNotesOnItsOwnValuesOnly() {
    assertThat(proposals("sort"))
        .hasSize(3)
        .allSatisfy(
            text -> {
              assertThat(text)
                  .startsWith("Say what the text is about.\n")
                  .doesNotContain("predictor");
              assertThat(described(text))
                  .containsExactlyInAnyOrder("BILLING", "TECHNICAL", "SALES");
            });
  }

  @Test
  void theSecondStepHasNoNotesOnWhatItIsGiven() {
    assertThat(proposals("rank"))
        .hasSize(3)
        .allSatisfy(
            text -> {
              assertThat(text)
                  .startsWith("Say how urgent the text is.\n")
                  .doesNotContain("predictor");
              assertThat(described(text)).containsExactlyInAnyOrder("LOW", "HIGH");
            });
  }
}
