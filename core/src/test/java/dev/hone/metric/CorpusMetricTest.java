package dev.hone.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.InvalidInputException;
import dev.hone.data.Example;
import dev.hone.stats.ObservationTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CorpusMetricTest {
  private record Text(String text) {}

  private enum Kind {
    SPAM,
    HAM
  }

  private record Label(Kind kind, Set<Kind> all) {
    Label(Kind kind) {
      this(kind, Set.of(kind));
    }
  }

  private static final RunTrace RUN = RunTrace.of(RunTrace.Purpose.EVALUATE, List.of());

  /** Observations of pairs of a label and an output, null where there is none. */
  private static ObservationTally observed(CorpusMetric<Text, Label> metric, Kind... pairs) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      Example<Text, Label> example = Example.of(new Text("t" + i), new Label(pairs[i]));
      @Nullable Label output = pairs[i + 1] == null ? null : new Label(pairs[i + 1]);
      all.add(metric.observation(example, output, 0));
    }
    return ObservationTally.of(all);
  }

  @Test
  void theScoreOfAnExampleIsWhetherItIsExactlyRight() {
    CorpusMetric<Text, Label> metric = CorpusMetric.macroF1(Label::kind);
    Example<Text, Label> example = Example.of(new Text("x"), new Label(Kind.SPAM));

    assertThat(metric.score(example, new Label(Kind.SPAM), RUN).value()).isEqualTo(1);
    assertThat(metric.score(example, new Label(Kind.HAM), RUN).value()).isZero();
    assertThat(metric.needsLabel()).isTrue();
    assertThat(metric.name()).isEqualTo("macro-F1");
    assertThat(metric.named("spam").name()).isEqualTo("spam");
  }

  @Test
  void aClassIsFoundInSetsAsInSingleValues() {
    CorpusMetric<Text, Label> single = CorpusMetric.recallOf(Label::kind, Kind.SPAM);
    CorpusMetric<Text, Label> ofSet = CorpusMetric.recallOf(Label::all, Kind.SPAM);
    Kind[] pairs = {Kind.SPAM, Kind.SPAM, Kind.SPAM, Kind.HAM, Kind.HAM, Kind.HAM, Kind.SPAM, null};

    assertThat(single.value(observed(single, pairs))).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(ofSet.value(observed(ofSet, pairs))).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void oneOfYourOwnIsGivenExamplesWithTheirOutputs() {
    CorpusMetric<Text, Label> metric =
        CorpusMetric.of(
            "share of outputs",
            Metric.exact(Label::kind),
            all ->
                all.stream().filter(one -> one.output().isPresent()).count() / (double) all.size());

    ObservationTally tally = observed(metric, Kind.SPAM, null, Kind.HAM, Kind.SPAM);

    assertThat(metric.value(tally)).isEqualTo(0.5);
    assertThat(metric.interval(tally).contains(0.5)).isTrue();
  }

  @Test
  void oneOfYourOwnThatGivesNoNumberOrThrowsIsNamedInTheError() {
    CorpusMetric<Text, Label> noNumber =
        CorpusMetric.of("ratio", Metric.exact(Label::kind), all -> 0 / 0.0);
    CorpusMetric<Text, Label> onResamplesOnly =
        CorpusMetric.of(
            "precision",
            Metric.exact(Label::kind),
            all ->
                all.stream().anyMatch(one -> one.output().orElseThrow().kind() == Kind.SPAM)
                    ? 1
                    : Double.NaN);
    CorpusMetric<Text, Label> throwing =
        CorpusMetric.of("first", Metric.exact(Label::kind), all -> all.get(9).output().hashCode());
    Kind[] pairs = {Kind.SPAM, Kind.SPAM, Kind.HAM, Kind.HAM, Kind.HAM, Kind.HAM};

    assertThatThrownBy(() -> noNumber.value(observed(noNumber, pairs)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("\"ratio\" gave NaN for a set of 3 examples", "division by zero");
    assertThat(onResamplesOnly.value(observed(onResamplesOnly, pairs))).isEqualTo(1);
    assertThatThrownBy(() -> onResamplesOnly.interval(observed(onResamplesOnly, pairs)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("\"precision\" gave NaN", "resamples");
    assertThatThrownBy(() -> throwing.value(observed(throwing, pairs)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("\"first\" failed on a set of 3 examples", "Index 9")
        .hasCauseInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void theIntervalOfAValueOfZeroDoesNotBeginBelowIt() {
    CorpusMetric<Text, Label> metric = CorpusMetric.macroF1(Label::kind);

    ObservationTally tally = observed(metric, Kind.SPAM, Kind.HAM, Kind.SPAM, Kind.HAM);

    assertThat(metric.interval(tally).lower()).isZero();
    assertThat(metric.interval(tally).upper()).isBetween(0.5, 0.9);
  }

  @Test
  void aConstraintIsMetWhereTheExamplesShowItForAsManyCandidates() {
    CorpusMetric<Text, Label> metric =
        CorpusMetric.<Text, Label>macroF1(Label::kind)
            .subjectTo(
                Constraint.atLeast(
                        "recall of SPAM", CorpusMetric.recallOf(Label::kind, Kind.SPAM), 0.9)
                    .withConfidence(0.8));
    Kind[] pairs = new Kind[60];
    for (int i = 0; i < 60; i += 2) {
      pairs[i] = i < 44 ? Kind.SPAM : Kind.HAM;
      pairs[i + 1] = pairs[i];
    }
    ObservationTally tally = observed(metric, pairs);

    // 22 of 22: 0.2 ^ (1 / 22) = 0.929, and for two candidates 0.1 ^ (1 / 22) = 0.901
    assertThat(metric.value(tally)).isEqualTo(1);
    assertThat(metric.check(tally, 1).get(0).lowerBound()).isCloseTo(0.9295, within(1e-3));
    assertThat(metric.check(tally, 2)).allMatch(Constraint.Check::met);
    assertThat(metric.check(tally, 3)).noneMatch(Constraint.Check::met);
    assertThat(metric.check(tally, 3).get(0).toString())
        .isEqualTo(
            "recall of SPAM 1.000 (shown: at least 0.884; wanted: 0.9), which takes 26 examples of"
                + " the class, all of them right");
  }

  @Test
  void theObjectiveIsLessWhereAConstraintLacksSomething() {
    Constraint<Object, Label> constraint =
        Constraint.atLeast("recall", CorpusMetric.recallOf(Label::kind, Kind.SPAM), 0.6);
    CorpusMetric<Text, Label> metric = Metric.<Text, Label>exact(Label::kind).subjectTo(constraint);

    ObservationTally half = observed(metric, Kind.SPAM, Kind.SPAM, Kind.SPAM, Kind.HAM);
    ObservationTally all = observed(metric, Kind.SPAM, Kind.SPAM, Kind.HAM, Kind.HAM);

    assertThat(metric.objective().value(half)).isCloseTo(0 - 5 * 0.3, within(1e-12));
    assertThat(metric.objective().value(all)).isZero();
    assertThat(metric.constraints()).hasSize(1);
  }

  @Test
  void anOrdinaryMetricUnderAConstraintKeepsItsMean() {
    CorpusMetric<Text, Label> metric =
        Metric.<Text, Label>exact("kind", Label::kind)
            .subjectTo(Constraint.atLeast("f1", CorpusMetric.macroF1(Label::kind), 0.5));
    Example<Text, Label> example = Example.of(new Text("x"), new Label(Kind.SPAM));

    ObservationTally tally =
        ObservationTally.of(
            List.of(
                metric.observation(example, new Label(Kind.SPAM), 0.25),
                metric.observation(example, new Label(Kind.HAM), 0.75)));

    assertThat(metric.value(tally)).isEqualTo(0.5);
    assertThat(metric.name()).isEqualTo("kind");
    assertThat(metric.score(example, new Label(Kind.SPAM), RUN).value()).isEqualTo(1);
  }

  @Test
  void refusesWhatCannotBeMeant() {
    CorpusMetric<Text, Label> f1 = CorpusMetric.macroF1(Label::kind);
    CorpusMetric<Text, Label> constrained =
        f1.subjectTo(Constraint.atLeast("f1", CorpusMetric.macroF1(Label::kind), 0.5));

    assertThatThrownBy(() -> Constraint.atLeast("x", constrained, 0.5))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("\"x\"", "Maybe");
    assertThatThrownBy(() -> Constraint.atLeast("x", f1, Double.NaN))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> Constraint.atLeast("x", f1, 0.5).withConfidence(1))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> CorpusMetric.recallOf(Label::kind, Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("null");
  }
}
