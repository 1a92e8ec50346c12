package dev.hone.optimize.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.optimize.run.ReturnReason;
import dev.hone.optimize.search.LeadOverBaseline;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sentences on what was found and why what is returned is returned, and that they are true. */
class FindingsTest {
  private static final String HIGHER =
      "scored higher than the program as given on the examples that both were scored on";

  /** A situation, what is returned in it, and patterns of the sentences. */
  private record Situation(
      String name,
      EndedSearch search,
      ReturnReason reason,
      int returned,
      String found,
      String why) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Situation> situations() {
    return Stream.of(
        new Situation(
            "the baseline is returned though another scored higher",
            EndedSearch.of("0000 1111 0101", "0001 1111 0111").choosing(0),
            ReturnReason.HIGHEST_EXPECTED_SCORE,
            0,
            "1 of 1 other configuration "
                + HIGHER
                + "; i1 less the program as given: \\+0.167 as scored, on 12 examples that both were"
                + " scored on; better with a probability of \\d\\d %, by the paired differences",
            "the program as given, which has the highest expected score by play"),
        new Situation(
            "nothing scored higher",
            EndedSearch.of("0001 1111", "0000 1111", "1000 0000").choosing(0),
            ReturnReason.HIGHEST_EXPECTED_SCORE,
            0,
            "none of 2 other configurations " + HIGHER,
            "the program as given, which has the highest expected score by play"),
        new Situation(
            "a tie",
            EndedSearch.of("0011", "1100", "0000").choosing(0),
            ReturnReason.HIGHEST_EXPECTED_SCORE,
            0,
            "none of 2 other configurations " + HIGHER + ", 1 scored the same",
            "the program as given, which has .*"),
        new Situation(
            "all are alike",
            EndedSearch.of("0011", "0011").choosing(0),
            ReturnReason.HIGHEST_EXPECTED_SCORE,
            0,
            "none of 1 other configuration " + HIGHER + ", all scored the same",
            "the program as given, which has .*"),
        new Situation(
            "what is returned is incomplete",
            EndedSearch.of("0000 1111", "0011 ....").choosing(1).sure(0.83),
            ReturnReason.HIGHEST_EXPECTED_SCORE,
            1,
            "i1 less the program as given: \\+0.500 as scored, on 4 examples that both were scored on;"
                + " better with a probability of 83 %, by the search's own model",
            "i1, which has the highest expected score by play"),
        new Situation(
            "the two were scored on different examples, and the mean of all misleads",
            EndedSearch.of("1111 1100 ....", ".... 1110 0000").choosing(1),
            ReturnReason.HIGHEST_EXPECTED_SCORE,
            1,
            "i1 less the program as given: \\+0.250 as scored, on 4 examples that .*",
            "i1, .*"),
        new Situation(
            "a higher mean on other examples is no higher score",
            EndedSearch.of("1100 1100", ".... 11..").choosing(0),
            ReturnReason.HIGHEST_EXPECTED_SCORE,
            0,
            "none of 1 other configuration " + HIGHER + ", all scored the same",
            "the program as given, .*"),
        new Situation(
            "nothing in common",
            EndedSearch.of("0000 ....", ".... 1111").choosing(1),
            ReturnReason.NOTHING_TO_COMPARE,
            0,
            "nothing else has a score on an example of the program as given",
            "the program as given, since nothing else can be compared with it"),
        new Situation(
            "kept, by the search's own model",
            EndedSearch.of("0000 1111", "0011 1111").choosing(1).sure(0.8199).keepUnless(0.9),
            ReturnReason.KEPT_BASELINE,
            0,
            "1 of 1 other configuration "
                + HIGHER
                + "; i1 less .* of 82 %, by the search's own model",
            "the program as given, by keepBaselineUnless: i1 is better with a probability of 0.819,"
                + " less than 0.9"),
        new Situation(
            "kept, by the paired differences",
            EndedSearch.of("0000 1111", "0011 1111").choosing(1).keepUnless(0.9),
            ReturnReason.KEPT_BASELINE,
            0,
            "1 of 1 other configuration " + HIGHER + "; i1 less .*, by the paired differences",
            "the program as given, by keepBaselineUnless: i1 is better with .* less than 0.9"),
        new Situation(
            "kept instead of what scored lower but was expected to be better",
            EndedSearch.of("0001", "0000").choosing(1).sure(0.7).keepUnless(0.9),
            ReturnReason.KEPT_BASELINE,
            0,
            "none of 1 other configuration " + HIGHER + "; i1 less .*: -0.250 .* of 70 %, by .*",
            "the program as given, by keepBaselineUnless: .*"),
        new Situation(
            "sure enough",
            EndedSearch.of("0000 1111", "0011 1111").choosing(1).sure(0.82).keepUnless(0.8),
            ReturnReason.HIGHEST_EXPECTED_SCORE,
            1,
            "i1 less the program as given: \\+0.250 .*",
            "i1, which has the highest expected score by play"),
        new Situation(
            "of equals the cheaper, which is the baseline",
            EndedSearch.of("0101", "0101").choosing(1),
            ReturnReason.CHEAPER_OF_EQUALS,
            0,
            "none of 1 other configuration " + HIGHER + ", all scored the same",
            "the program as given, the cheaper of those that scored the same on every example"),
        new Situation(
            "of equals the cheaper, which is another",
            EndedSearch.of("0000", "0101", "0101").choosing(2),
            ReturnReason.CHEAPER_OF_EQUALS,
            1,
            "i1 less the program as given: \\+0.500 .*",
            "i1, the cheaper of those that scored the same on every example"),
        new Situation(
            "one that lacks an example of the choice is no equal",
            EndedSearch.of("0000", "010.", "0101").choosing(2),
            ReturnReason.HIGHEST_EXPECTED_SCORE,
            2,
            "i2 less .*",
            "i2, .*"),
        new Situation(
            "equals on less than half of the examples are no equals",
            EndedSearch.of("0000 0000", "010. ....", "010. ....").choosing(2),
            ReturnReason.HIGHEST_EXPECTED_SCORE,
            2,
            "i2 less .* on 3 examples .*",
            "i2, .*"),
        new Situation(
            "by tolerance, among incomplete ones",
            EndedSearch.of("0000 0...", "1110 ....", "1111 ....", "11.. ....")
                .choosing(2)
                .cheapestWithin(0.25),
            ReturnReason.CHEAPEST_WITHIN,
            1,
            "i1 less the program as given: \\+0.750 .* on 4 examples .*",
            "i1, by cheapestWithin"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void sayWhatIsTheCase(Situation situation) {
    Candidates candidates = situation.search().candidates();

    LastChoice choice = candidates.choose(any -> true);
    Findings findings = Findings.of(candidates, choice, "play");

    assertThat(choice.reason()).isEqualTo(situation.reason());
    assertThat(choice.configuration()).isEqualTo(EndedSearch.configuration(situation.returned()));
    assertThat(findings.found()).matches(situation.found());
    assertThat(findings.why()).matches(situation.why());
  }

  @Test
  void anEqualThatCostsMoreIsNoted() {
    Candidates candidates = EndedSearch.of("0000", "0101", "0101", "0101").choosing(1).candidates();

    Findings findings = Findings.of(candidates, candidates.choose(any -> true), "play");

    assertThat(findings.notes())
        .containsExactly(
            "i2 and 1 more scored the same as i1 on each of its 4 examples; of equals the cheaper is"
                + " returned, tokens per run 300 -> 200 (0.7x), estimated from the texts.");
    assertThat(findings.tokens().ratio()).isEqualTo(2);
  }

  @Test
  void whatTheCautionCameToIsNotedWhereItDidNotDecide() {
    EndedSearch better = EndedSearch.of("0000 1111", "0011 1111").choosing(1).sure(0.82);

    assertThat(notes(better.keepUnless(0.8)))
        .containsExactly("keepBaselineUnless (0.8) is met by i1.");
    assertThat(notes(better.keepUnless(0.9))).isEmpty();
    assertThat(notes(EndedSearch.of("01", "00").choosing(0).keepUnless(0.9)))
        .containsExactly(
            "keepBaselineUnless (0.9) has no effect, since the program as given is the choice"
                + " without it.");
  }

  private static List<String> notes(EndedSearch search) {
    Candidates candidates = search.candidates();
    return Findings.of(candidates, candidates.choose(any -> true), "play").notes();
  }

  @Test
  void aHigherScoreOnAllExamplesOfTheChoiceIsNoted() {
    Candidates candidates =
        EndedSearch.of("0000 0000", "0110 ....", "1110 0000").choosing(1).candidates();

    Findings findings = Findings.of(candidates, candidates.choose(any -> true), "play");

    assertThat(findings.notes())
        .singleElement()
        .asString()
        .startsWith(
            "i1 is returned with 0.500, though i2 has 0.750 on the same 4 validation examples: the"
                + " search play chooses by");
  }

  @Test
  void aHigherScoreThanThatOfTheChoiceIsNotedUnderAToleranceToo() {
    EndedSearch lower = EndedSearch.of("0000 0000", "0110 ....", "1110 0000").choosing(1);

    assertThat(notes(lower.cheapestWithin(0))).isEqualTo(notes(lower)).hasSize(1);
  }

  @Test
  void noSentenceOnRandomScoresIsFalse() {
    SplittableRandom random = new SplittableRandom(15);
    int[] seen = new int[ReturnReason.values().length];
    int baselineThoughHigher = 0;
    for (int i = 0; i < 4000; i++) {
      EndedSearch search = EndedSearch.random(random);
      Candidates candidates = search.candidates();
      LastChoice choice = candidates.choose(any -> true);
      Findings findings = Findings.of(candidates, choice, "play");
      seen[choice.reason().ordinal()]++;

      checkFound(search, choice, findings);
      checkReason(search, choice, candidates);
      checkNotes(search, choice, findings);
      baselineThoughHigher +=
          choice.configuration().choice(0) == 0 && search.higherThanBaseline() > 0 ? 1 : 0;
    }
    assertThat(baselineThoughHigher).isGreaterThan(200);
    for (ReturnReason reason :
        List.of(
            ReturnReason.HIGHEST_EXPECTED_SCORE,
            ReturnReason.CHEAPER_OF_EQUALS,
            ReturnReason.CHEAPEST_WITHIN,
            ReturnReason.KEPT_BASELINE,
            ReturnReason.NOTHING_TO_COMPARE)) {
      assertThat(seen[reason.ordinal()]).as(reason.toString()).isGreaterThan(20);
    }
  }

  private static final Pattern COUNTS =
      Pattern.compile(
          "(none|\\d+) of (\\d+) other configurations? "
              + HIGHER
              + "(, (all|\\d+) scored the same)?.*");
  private static final Pattern LEAD =
      Pattern.compile(
          "(?:.*; )?i(\\d+) less the program as given: ([+-][\\d.]+) as scored, on (\\d+) examples? that"
              + " both were scored on; better with a probability of (.*) %, by (.*)");

  private static void checkFound(EndedSearch search, LastChoice choice, Findings findings) {
    String found = findings.found();
    Matcher lead = LEAD.matcher(found);
    boolean hasLead = lead.matches();
    assertThat(hasLead).as(found).isEqualTo(findings.lead().isPresent());
    if (hasLead) {
      int of = Integer.parseInt(lead.group(1));
      List<Integer> common = search.common(of, 0);
      assertThat(Integer.parseInt(lead.group(3))).isEqualTo(common.size());
      assertThat(Double.parseDouble(lead.group(2)))
          .isCloseTo(search.mean(of, common) - search.mean(0, common), within(0.00051));
      boolean modelled = lead.group(5).equals(LeadOverBaseline.Source.MODEL_OF_SEARCH.toString());
      assertThat(modelled).isEqualTo(of == search.chosen() && search.confidence().isPresent());
    }
    if (choice.configuration().choice(0) != 0) {
      assertThat(Integer.parseInt(lead.group(1))).isEqualTo(choice.configuration().choice(0));
      assertThat(found).doesNotContain("none of");
      return;
    }
    if (search.comparable() == 0) {
      assertThat(found).startsWith("nothing else has a score");
      return;
    }
    Matcher counts = COUNTS.matcher(found);
    assertThat(counts.matches()).as(found).isTrue();
    int higher = counts.group(1).equals("none") ? 0 : Integer.parseInt(counts.group(1));
    assertThat(higher).isEqualTo(search.higherThanBaseline());
    assertThat(Integer.parseInt(counts.group(2))).isEqualTo(search.comparable());
    String same = counts.group(4) == null ? "0" : counts.group(4);
    assertThat(same.equals("all") ? search.comparable() : Integer.parseInt(same))
        .isEqualTo(search.levelWithBaseline());
  }

  private static void checkReason(EndedSearch search, LastChoice choice, Candidates candidates) {
    int returned = choice.configuration().choice(0);
    int own = search.chosen();
    OptionalDouble keep = search.rules().keepBaselineUnless();
    switch (choice.reason()) {
      case HIGHEST_EXPECTED_SCORE -> assertThat(returned).isEqualTo(own);
      case CHEAPER_OF_EQUALS -> {
        assertThat(returned).isLessThan(own);
        for (int example : search.examples(own)) {
          assertThat(search.score(returned, example)).isEqualTo(search.score(own, example));
        }
      }
      case CHEAPEST_WITHIN -> {
        List<Integer> examples = search.examples(own);
        assertThat(search.examples(returned)).containsAll(examples);
        assertThat(search.mean(returned, examples))
            .isGreaterThanOrEqualTo(
                search.mean(own, examples) - search.rules().cheapestWithin().orElseThrow() - 1e-9);
      }
      case KEPT_BASELINE -> {
        assertThat(returned).isZero();
        assertThat(candidates.lead(choice.preferred()).orElseThrow().probability())
            .isLessThan(keep.orElseThrow());
      }
      default -> assertThat(search.common(own, 0)).isEmpty();
    }
    if (keep.isPresent() && returned != 0) {
      assertThat(candidates.lead(choice.configuration()).orElseThrow().probability())
          .isGreaterThanOrEqualTo(keep.getAsDouble());
    }
  }

  private static final Pattern NOTE =
      Pattern.compile(
          "(.*) is returned with ([\\d.]+), though i(\\d+|) ?has ([\\d.]+) on the same .*");

  private static void checkNotes(EndedSearch search, LastChoice choice, Findings findings) {
    int returned = choice.configuration().choice(0);
    List<Integer> own = search.examples(returned);
    for (String note : findings.notes()) {
      Matcher higher = NOTE.matcher(note);
      if (higher.matches()) {
        int other = Integer.parseInt(higher.group(3));
        assertThat(search.examples(other)).containsAll(own);
        assertThat(search.mean(other, own)).isGreaterThan(search.mean(returned, own));
        assertThat(Double.parseDouble(higher.group(4)))
            .isCloseTo(search.mean(other, own), within(0.00051));
      }
    }
    boolean any =
        IntStream.range(0, search.size())
            .anyMatch(
                other ->
                    search.examples(other).containsAll(own)
                        && !own.isEmpty()
                        && search.mean(other, own) > search.mean(returned, own) + 1e-9);
    boolean due =
        any && returned == search.chosen() && choice.reason() != ReturnReason.NOTHING_TO_COMPARE;
    assertThat(findings.notes().stream().anyMatch(note -> note.contains(" is returned with ")))
        .isEqualTo(due);
  }
}
