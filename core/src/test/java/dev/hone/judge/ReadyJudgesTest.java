package dev.hone.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.FakeModel;
import dev.hone.metric.Metric;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The ready judges against small gold files of ours, on a model that judges by a rule from the
 * texts it is shown. It shows that what a judge asks and how it counts is right; how good a judge a
 * real model is, its users measure in the same way.
 */
class ReadyJudgesTest {
  private enum Match {
    DIFFERENT,
    PARTLY,
    SAME
  }

  private record GoldMatch(Match match) {}

  private record Grounded(boolean grounded) {}

  private record Complete(boolean complete) {}

  private record Preferred(PairwisePreference.Preference preferred) {}

  private record Question(String question, String context) {}

  private record Answer(String text) {}

  private static <I, O> Dataset<I, O> gold(String file, Class<I> input, Class<O> label) {
    try {
      return Dataset.ofJsonl(
          Path.of(Objects.requireNonNull(ReadyJudgesTest.class.getResource(file)).toURI()),
          input,
          label);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The agreement with gold of a judge that judges by a rule. */
  private static <J, V, L, T> Agreement<T> agreement(
      Program<J, V> judge,
      Dataset<J, L> gold,
      Function<? super V, ? extends T> verdict,
      Function<? super L, ? extends T> label) {
    return RuleJudge.model().context().call(() -> Agreement.of(judge, gold, verdict, label));
  }

  private static Match match(SemanticF1.Verdict verdict) {
    return verdict.f1() == 1 ? Match.SAME : verdict.f1() == 0 ? Match.DIFFERENT : Match.PARTLY;
  }

  @Test
  void semanticF1AgreesWithPeople() {
    Dataset<SemanticF1.Texts, GoldMatch> gold =
        gold("semantic-f1-gold.jsonl", SemanticF1.Texts.class, GoldMatch.class);

    Agreement<Match> agreement =
        agreement(new SemanticF1(), gold, ReadyJudgesTest::match, GoldMatch::match);

    assertThat(agreement.examples()).isEqualTo(20);
    assertThat(agreement.accuracy().value()).as("%s", agreement).isBetween(0.8, 0.99);
    assertThat(agreement.quadraticKappa().orElseThrow().interval().lower()).isGreaterThan(0.2);
    assertThat(agreement.count(Match.SAME, Match.DIFFERENT)).as("it knows no synonyms").isOne();
  }

  @Test
  void groundednessAgreesWithPeople() {
    Dataset<Groundedness.Texts, Grounded> gold =
        gold("groundedness-gold.jsonl", Groundedness.Texts.class, Grounded.class);

    Agreement<Boolean> agreement =
        agreement(new Groundedness(), gold, Groundedness.Verdict::isGrounded, Grounded::grounded);

    assertThat(agreement.examples()).isEqualTo(18);
    assertThat(agreement.accuracy().value()).as("%s", agreement).isBetween(0.85, 0.99);
    assertThat(agreement.kappa().orElseThrow().interval().lower()).isGreaterThan(0.35);
  }

  @Test
  void completenessAgreesWithPeople() {
    Dataset<Completeness.Texts, Complete> gold =
        gold("completeness-gold.jsonl", Completeness.Texts.class, Complete.class);

    Agreement<Boolean> agreement =
        agreement(new Completeness(), gold, Completeness.Verdict::isComplete, Complete::complete);

    assertThat(agreement.examples()).isEqualTo(16);
    assertThat(agreement.accuracy().value()).as("%s", agreement).isBetween(0.85, 0.99);
    assertThat(agreement.kappa().orElseThrow().interval().lower()).isGreaterThan(0.35);
  }

  @Test
  void pairwisePreferenceAgreesWithPeople() {
    Dataset<PairwisePreference.Answers, Preferred> gold =
        gold("preference-gold.jsonl", PairwisePreference.Answers.class, Preferred.class);

    Agreement<PairwisePreference.Preference> agreement =
        agreement(
            new PairwisePreference(),
            gold,
            PairwisePreference.Verdict::preference,
            Preferred::preferred);

    assertThat(agreement.examples()).isEqualTo(16);
    assertThat(agreement.accuracy().value()).as("%s", agreement).isBetween(0.8, 0.99);
    assertThat(agreement.quadraticKappa().orElseThrow().interval().lower()).isGreaterThan(0.2);
  }

  @Test
  void precisionAndRecallAreSharesOfStatements() {
    SemanticF1.Verdict verdict =
        RuleJudge.model()
            .context()
            .call(
                () ->
                    new SemanticF1()
                        .run(
                            new SemanticF1.Texts(
                                "What is in the box?",
                                "The box holds a lamp. It holds 2 cables.",
                                "The box holds a lamp. The lamp is blue. The box holds 3 books.")));

    assertThat(verdict.recall()).isEqualTo(0.5);
    assertThat(verdict.precision()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(verdict.f1()).isCloseTo(0.4, within(1e-9));
    assertThat(verdict.feedback())
        .isEqualTo(
            "missing: It holds 2 cables.\n"
                + "not expected: The lamp is blue.; The box holds 3 books.");
  }

  @Test
  void blankTextsCostNoCallAndHaveTheScoreTheyDeserve() {
    FakeModel model = RuleJudge.model();
    model
        .context()
        .run(
            () -> {
              SemanticF1 f1 = new SemanticF1();
              assertThat(f1.run(new SemanticF1.Texts("q", "", "")).f1()).isEqualTo(1);
              assertThat(new Groundedness().run(new Groundedness.Texts("q", "c", "")).share())
                  .isEqualTo(1);
              assertThat(new Completeness().run(new Completeness.Texts("q", "e", " ")).share())
                  .isZero();
              assertThat(new Completeness().run(new Completeness.Texts("q", "", "a")).share())
                  .isEqualTo(1);
              assertThat(model.calls()).isZero();
              assertThat(f1.run(new SemanticF1.Texts("q", "It is red.", "")).f1()).isZero();
              assertThat(model.calls()).isEqualTo(1);
            });
  }

  @Test
  void allAreMetrics() {
    FakeModel model = RuleJudge.model();
    Dataset<Question, Answer> data =
        Dataset.of(
            List.of(
                Example.of(
                    new Question("How large is the tank?", "The tank holds 12 litres."),
                    new Answer("The tank holds 12 litres."))));
    Program<Question, Answer> program =
        question -> new Answer("The tank holds 12 litres. The tank is blue.");
    List<Metric<Question, Answer>> metrics =
        List.of(
            SemanticF1.metric(new SemanticF1().on(model), Question::question, Answer::text),
            Groundedness.metric(
                new Groundedness().on(model), Question::question, Question::context, Answer::text),
            Completeness.metric(new Completeness().on(model), Question::question, Answer::text),
            PairwisePreference.metric(
                new PairwisePreference().on(model), Question::question, Answer::text));

    Evaluation<Question, Answer> evaluation =
        FakeModel.saying("")
            .context()
            .call(() -> Evaluator.of(data, mean(metrics)).evaluate(program));

    assertThat(evaluation.scoreByPart())
        .containsOnlyKeys("semantic F1", "groundedness", "completeness", "preference");
    assertThat(evaluation.scoreByPart().get("semantic F1")).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(evaluation.scoreByPart().get("groundedness")).isEqualTo(0.5);
    assertThat(evaluation.scoreByPart().get("completeness")).isEqualTo(1);
    assertThat(evaluation.judgeSpend().lmCalls()).isEqualTo(2 + 1 + 1 + 2);
    assertThat(evaluation.judgeFailures()).isZero();
  }

  @SuppressWarnings("unchecked")
  private static Metric<Question, Answer> mean(List<Metric<Question, Answer>> metrics) {
    return Metric.mean(metrics.toArray(Metric[]::new));
  }

  static Stream<Program<?, ?>> judges() {
    return Stream.of(
        new SemanticF1(), new Groundedness(), new Completeness(), new PairwisePreference());
  }

  @ParameterizedTest
  @MethodSource("judges")
  void anOptimizerFindsTheOnePredictorOfEach(Program<?, ?> judge) {
    var predictors = new ProgramRunner<>(judge).predictors().byName();

    assertThat(predictors).hasSize(1);
    assertThat(predictors.values().iterator().next().state().instructions())
        .hasSizeGreaterThan(100)
        .doesNotContain("\n");
  }
}
