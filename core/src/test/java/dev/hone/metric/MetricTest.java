package dev.hone.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import dev.hone.data.Example;
import dev.hone.json.Json;
import dev.hone.signature.Signature;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class MetricTest {
  enum Severity {
    LOW,
    HIGH
  }

  enum Policy {
    SPAM,
    HATE,
    OTHER
  }

  record Snippet(String snippet) {}

  record Verdict(Severity severity, Set<Policy> violations) {}

  record Answer(String text, BigDecimal number, Optional<String> note, List<String> sources) {}

  private static final Metric<Snippet, Verdict> METRIC =
      Metric.mean(Metric.exact(Verdict::severity), Metric.jaccard(Verdict::violations));

  @Test
  void averagesWhatTheFaceOfTheDesignAverages() {
    Score score =
        score(METRIC, verdict(Severity.LOW, Policy.SPAM), verdict(Severity.LOW, Policy.SPAM));

    assertThat(score.value()).isEqualTo(1);
    assertThat(score.feedback()).isEmpty();
  }

  @Test
  void saysWhatDiffered() {
    Score score =
        score(
            METRIC,
            verdict(Severity.LOW, Policy.SPAM, Policy.HATE),
            verdict(Severity.HIGH, Policy.SPAM, Policy.OTHER));

    assertThat(score.value()).isCloseTo(1 / 6.0, within(1e-12));
    assertThat(score.feedback())
        .isEqualTo("expected LOW, found HIGH\nmissing HATE; not expected OTHER");
  }

  @Test
  void namesTheFieldWhenItWasGivenByName() {
    Metric<Snippet, Verdict> metric =
        Metric.mean(
            Metric.exact("severity"), Metric.<Snippet, Verdict>f1(Verdict::violations).named("f1"));

    Score score = score(metric, verdict(Severity.LOW, Policy.SPAM), verdict(Severity.HIGH));

    assertThat(score.value()).isZero();
    assertThat(score.feedback())
        .isEqualTo("severity: expected \"LOW\", found \"HIGH\"\nf1: missing SPAM");
  }

  @Test
  void countsTwoEmptyCollectionsAsEqual() {
    assertThat(
            score(
                Metric.jaccard(Verdict::violations), verdict(Severity.LOW), verdict(Severity.LOW)))
        .isEqualTo(Score.of(1));
    assertThat(score(Metric.f1(Verdict::violations), verdict(Severity.LOW), verdict(Severity.LOW)))
        .isEqualTo(Score.of(1));
    assertThat(
            score(
                    Metric.jaccard(Verdict::violations),
                    verdict(Severity.LOW),
                    verdict(Severity.LOW, Policy.SPAM))
                .value())
        .isZero();
  }

  @Test
  void comparesNumbersByValueAndTextsWithoutSpaceAround() {
    assertThat(score(Metric.exact(Answer::number), answer("x", "1.0"), answer("x", "1.00")).value())
        .isEqualTo(1);
    assertThat(score(Metric.exact(Answer::text), answer("x ", "1"), answer("\nx", "1")).value())
        .isEqualTo(1);
    assertThat(score(Metric.exact(Answer::text), answer("x", "1"), answer("X", "1")).value())
        .isZero();
    assertThat(score(Metric.exact(Answer::note), answer("x", "1"), answer("y", "1")).value())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "Paris, It is Paris., 1",
    "new york, He lives in New  York City, 1",
    "York New, New York, 0",
    "cat, concatenate, 0",
    "'', '', 1",
    "'', anything, 0",
    "3.5, 35, 0"
  })
  void findsTheWordsOfTheLabelInTheOutput(String expected, String actual, double value) {
    assertThat(
            score(Metric.contains(Answer::text), answer(expected, "1"), answer(actual, "1"))
                .value())
        .isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "the cat sat, cat sat, 1",
    "cat sat on mat, cat sat, 0.6666666666666666",
    "a b b c, b b b d, 0.5714285714285714",
    "cat, dog, 0",
    "'', '', 1",
    "'', dog, 0"
  })
  void takesF1OfTheWordsOfTexts(String expected, String actual, double value) {
    assertThat(score(Metric.f1(Answer::text), answer(expected, "1"), answer(actual, "1")).value())
        .isCloseTo(value, within(1e-12));
  }

  @Test
  void takesF1OfTheItemsOfCollections() {
    Score score =
        score(
            Metric.f1(Verdict::violations),
            verdict(Severity.LOW, Policy.SPAM, Policy.HATE),
            verdict(Severity.LOW, Policy.SPAM));

    assertThat(score).isEqualTo(Score.of(2 / 3.0, "missing HATE"));
  }

  @Test
  void comparesJsonByFieldName() {
    Metric<ObjectNode, ObjectNode> metric =
        Metric.mean(
            Metric.exact("score"),
            Metric.jaccard("tags"),
            Metric.f1("tags"),
            Metric.contains("text"));
    ObjectNode expected = json("{'score': 1, 'tags': ['a', 'b'], 'text': 'Yes'}");

    assertThat(
            score(metric, expected, json("{'score': 1.0, 'tags': ['b', 'a'], 'text': 'oh yes!'}"))
                .value())
        .isEqualTo(1);
    assertThat(score(metric, expected, json("{'score': 2, 'tags': null, 'text': 'no'}")).feedback())
        .isEqualTo(
            """
            score: expected 1, found 2
            tags: missing "a", "b"
            tags: missing "a", "b"
            text: expected a text with "Yes", found "no"\
            """);
  }

  @Test
  void takesOwnScorers() {
    Metric<Snippet, Verdict> number = Metric.of((expected, actual) -> 0.25);
    Metric<Snippet, Verdict> yesOrNo =
        Metric.ofBoolean((expected, actual) -> expected.severity() == actual.severity());

    assertThat(
            score(Metric.mean(number, yesOrNo), verdict(Severity.LOW), verdict(Severity.LOW))
                .value())
        .isEqualTo(0.625);
  }

  @Test
  void isNamedWhereItIsMade() {
    Metric<Snippet, Verdict> metric =
        Metric.mean(
            Metric.exact("level", Verdict::severity),
            Metric.jaccard("policies", Verdict::violations),
            Metric.f1("policies", Verdict::violations),
            Metric.of("zero", (expected, actual) -> 0));

    Score score =
        score(metric, verdict(Severity.LOW, Policy.SPAM), verdict(Severity.HIGH, Policy.SPAM));

    assertThat(metric.name()).isEqualTo("mean of level, policies, policies 2, zero");
    assertThat(score.parts())
        .containsExactly(
            entry("level", 0.0),
            entry("policies", 1.0),
            entry("policies 2", 1.0),
            entry("zero", 0.0));
    assertThat(score.feedback()).isEqualTo("level: expected LOW, found HIGH");
  }

  @Test
  void infersItsTypesWhereItStandsAlone() {
    var metric = Metric.exact("level", Verdict::severity);

    assertThat(metric.name()).isEqualTo("level");
  }

  @Test
  void comparesEachFieldInTheWayThatFitsItsType() {
    Metric<Snippet, Answer> metric = Metric.byField(Answer.class);
    Answer expected =
        new Answer("the cat sat", BigDecimal.ONE, Optional.of("yes"), List.of("a", "b"));
    Answer actual = new Answer("a cat", new BigDecimal("1.0"), Optional.empty(), List.of("b"));

    Score score = score(metric, expected, actual);

    assertThat(score.parts().get("text")).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(score.parts().get("number")).isEqualTo(1);
    assertThat(score.parts().get("note")).isZero();
    assertThat(score.parts().get("sources")).isEqualTo(0.5);
    assertThat(score.value()).isCloseTo((2 / 3.0 + 1.5) / 4, within(1e-12));
    assertThat(score.feedback().lines()).first().asString().startsWith("text: ");
  }

  @Test
  void comparesEachFieldOfJson() {
    Metric<ObjectNode, ObjectNode> metric =
        Metric.byField(Signature.parse("q -> score: int, tags: list[str], note: str?"));

    Score score =
        score(metric, json("{'score': 1, 'tags': ['a']}"), json("{'score': 2, 'tags': ['a']}"));

    assertThat(score.parts())
        .containsExactly(entry("score", 0.0), entry("tags", 1.0), entry("note", 1.0));
  }

  @Test
  void knowsWhetherItReadsTheLabel() {
    Metric<Snippet, Verdict> own = (example, actual, run) -> Score.of(1);

    assertThat(own.needsLabel()).isFalse();
    assertThat(METRIC.needsLabel()).isTrue();
    assertThat(own.named("own").needsLabel()).isFalse();
    assertThat(Metric.mean(own, METRIC).needsLabel()).isTrue();
    assertThat(Metric.<Snippet, Verdict>of((expected, actual) -> 1).needsLabel()).isTrue();
  }

  @Test
  void refusesNaN() {
    Metric<Snippet, Verdict> broken = Metric.of((expected, actual) -> 0.0 / 0.0);

    assertThatThrownBy(() -> score(broken, verdict(Severity.LOW), verdict(Severity.LOW)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("NaN", "Maybe");
  }

  @Test
  void refusesAFieldThatIsNotThere() {
    assertThatThrownBy(
            () -> score(Metric.exact("sevrity"), verdict(Severity.LOW), verdict(Severity.LOW)))
        .hasMessageContainingAll("\"sevrity\"", "severity", "violations");
    Metric<ObjectNode, Object> byName = Metric.exact("x");
    assertThatThrownBy(
            () ->
                byName.score(
                    Example.of(Json.object(), Json.object().put("x", 1)),
                    "output",
                    RunTrace.of(RunTrace.Purpose.EVALUATE, List.of())))
        .hasMessageContaining("expected a record");
  }

  @Test
  void refusesASingleValueWhereACollectionIsExpected() {
    assertThatThrownBy(
            () -> score(Metric.jaccard("severity"), verdict(Severity.LOW), verdict(Severity.LOW)))
        .hasMessageContainingAll("\"LOW\"", "expected a list or set", "Maybe");
  }

  @Test
  void refusesTheMeanOfNothing() {
    assertThatThrownBy(Metric::mean).isInstanceOf(InvalidInputException.class);
  }

  private static <O> Score score(Metric<Snippet, O> metric, O expected, O actual) {
    Example<Snippet, O> example = Example.of(new Snippet("x"), expected);
    return metric.score(example, actual, RunTrace.of(RunTrace.Purpose.EVALUATE, List.of()));
  }

  private static Score score(
      Metric<ObjectNode, ObjectNode> metric, ObjectNode expected, ObjectNode actual) {
    return metric.score(
        Example.of(Json.object().put("question", "?"), expected),
        actual,
        RunTrace.of(RunTrace.Purpose.EVALUATE, List.of()));
  }

  private static Verdict verdict(Severity severity, Policy... policies) {
    Set<Policy> set = EnumSet.noneOf(Policy.class);
    set.addAll(List.of(policies));
    return new Verdict(severity, set);
  }

  private static Answer answer(String text, String number) {
    return new Answer(text, new BigDecimal(number), Optional.empty(), List.of());
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.parse(text.replace('\'', '"'));
  }
}
