package dev.hone.metric;

import static dev.hone.metric.TextAnswers.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hone.InvalidInputException;
import dev.hone.data.Example;
import dev.hone.metric.TextAnswers.In;
import dev.hone.metric.TextAnswers.Out;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ready metrics' equality is that of the values (K-G1, P13, F12g, N4). */
class MetricEqualityTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "C++ ~ C",
        "C# ~ C++",
        "C# ~ C",
        "F# ~ F",
        "A+ ~ A-",
        "A+ ~ A",
        "A- ~ A",
        "O- ~ O+",
        "AB- ~ AB+",
        "1/2 ~ 12",
        "3/4 ~ 34",
        "10-12 ~ 1012",
        "2024-03-05 ~ 20240305",
        "1:30 ~ 130",
        "x > 5 ~ x < 5",
        "x >= 5 ~ x <= 5",
        "x != 5 ~ x = 5",
        "$5 ~ €5",
        "£5 ~ $5",
        "5% ~ 5‰",
        "½ ~ 12",
        "¼ ~ 14",
        "10² ~ 102",
        "x² ~ x2",
        "m³ ~ m3",
        "10⁻² ~ 10²",
        "-5 ~ 5",
        "−5 ~ 5",
        "3.14 ~ 314",
        "10 ~ 1.0",
        ".5 ~ 5",
        "3,14 ~ 314",
        "1,2,3 ~ 123",
        "10^2 ~ 102",
        "a+b ~ a-b",
        "x-5 ~ x5",
        "2*3 ~ 23",
        "60+ ~ 60",
        "2½ ~ 21/2",
        "x - 5 ~ x + 5",
        "1 / 2 ~ 1 2",
        "m/s ~ ms",
        "R&D ~ RD",
        "a@b ~ ab",
        "👍 ~ 👎",
        "yes 👍 ~ yes 👎",
        "± 5 ~ 5",
        "5'11 ~ 511",
        "5_1 ~ 51",
        "20° ~ 20%",
        "F♯ ~ F",
        "x ≈ 5 ~ x ≠ 5",
        "-x ~ x",
        "TCP/IP ~ TCPIP",
        "Notepad++ ~ Notepad",
        "-$5 ~ $5",
        "4'000 ~ 4",
        "C++17 ~ C17",
        "-.5 ~ .5",
        "10:15 ~ 10.15"
      })
  void valuesThatDifferBySignsAreNotEqual(String expected, String actual) {
    for (boolean swapped : new boolean[] {false, true}) {
      String label = swapped ? actual : expected;
      String answer = swapped ? expected : actual;
      assertThat(score(Metric.f1(Out::answer), label, answer)).as("f1").isLessThan(1);
      assertThat(score(Metric.exact(Out::answer), label, answer)).as("exact").isZero();
      assertThat(score(Metric.f1(Out::answer), "It is " + label + ".", "it is " + answer))
          .isLessThan(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "C++ ~ C",
        "C ~ C++",
        "C ~ C#",
        "C# ~ C++",
        "A+ ~ A-",
        "O- ~ O+",
        "1/2 ~ 12",
        "1 ~ 1/2",
        "10-12 ~ 1012",
        "10 ~ 10-12",
        "1:30 ~ 130",
        "x > 5 ~ x < 5",
        "$5 ~ €5",
        "½ ~ 12",
        "10² ~ 102",
        "10 ~ 10²",
        "5 ~ -5",
        "3 ~ 3.14",
        "+ ~ -"
      })
  void doesNotFindAValueInAnotherThatDiffersBySigns(String label, String answer) {
    assertThat(score(Metric.contains(Out::answer), label, answer)).isZero();
    assertThat(score(Metric.contains(Out::answer), label, "It is " + answer + ", I think."))
        .isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "no ~ No.",
        "1,000 ~ 1000",
        "1,234,567.5 ~ 1234567.5",
        "the cat ~ cat",
        "p.m. ~ pm",
        "(3.14) ~ 3.14",
        "C++ ~ c++.",
        "A+ ~ A+.",
        "−5 ~ -5",
        "–5 ~ -5",
        "10–12 ~ 10-12",
        "½ ~ 1/2",
        "2½ ~ 2 1/2",
        "10² ~ 10^2",
        "10⁻² ~ 10^-2",
        "H₂O ~ H2O",
        "ＡＢＣ ~ abc",
        "**Paris** ~ Paris",
        "`Paris` ~ Paris",
        "_Paris_ ~ Paris",
        "“Paris” ~ Paris",
        "well-known ~ wellknown",
        "don’t ~ don't",
        "5% ~ 5 %",
        "x>5 ~ x > 5",
        "1/2 ~ 1 / 2",
        "C#? ~ c#",
        "(A+) ~ A+",
        "'O-' ~ O-",
        "$5 ~ $ 5",
        "x >= 5 ~ x ≥ 5",
        "+5 ~ 5",
        ".5 ~ 0.5",
        "-.5 ~ -0.5",
        "1'000 ~ 1000",
        "GPT-4 ~ GPT4",
        "a, b ~ a,b",
        "U.S. ~ US",
        "20 °C ~ 20°C",
        "-$5 ~ $-5",
        "- Paris ~ Paris",
        "F♯ ~ F#",
        "1—2 ~ 1-2",
        "(C++) ~ C++",
        "It's 5. ~ its 5"
      })
  void valuesThatAreEqualAreEqualInAnyDress(String expected, String actual) {
    assertThat(score(Metric.f1(Out::answer), expected, actual)).as("f1").isEqualTo(1);
    assertThat(score(Metric.f1(Out::answer), actual, expected)).as("f1").isEqualTo(1);
    assertThat(score(Metric.contains(Out::answer), expected, actual)).isEqualTo(1);
    assertThat(score(Metric.contains(Out::answer), expected, "It is " + actual)).isEqualTo(1);
  }

  @Test
  void everyValueIsEqualToItselfWithAFullStopAndInBrackets() {
    SplittableRandom random = new SplittableRandom(1);
    String signs = "aBcXyZ0123456789+-#/%$€<>=:.,'^*&@½²−–() \u00e9東👍";
    int[] all = signs.codePoints().toArray();
    for (int run = 0; run < 4_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = 1 + random.nextInt(12); i > 0; i--) {
        text.appendCodePoint(all[random.nextInt(all.length)]);
      }
      String value = text.toString();

      assertThat(score(Metric.f1(Out::answer), value, value)).as(value).isEqualTo(1);
      assertThat(score(Metric.contains(Out::answer), value, value)).as(value).isEqualTo(1);
      assertThat(score(Metric.answerExactMatch(Out::answer), value, value)).isEqualTo(1);
      assertThat(score(Metric.exact(Out::answer), value, " " + value)).isEqualTo(1);
    }
  }

  @Test
  void numbersOfAnySignsAreEqualOnlyToThemselves() {
    SplittableRandom random = new SplittableRandom(2);
    String[] signs = {"/", ":", "-", ".", "^", "+", "*", "=", "<", ">", "'", "_"};
    for (int run = 0; run < 2_000; run++) {
      String left = String.valueOf(random.nextInt(1, 99));
      String right = String.valueOf(random.nextInt(1, 99));
      String one = signs[random.nextInt(signs.length)];
      String other = signs[random.nextInt(signs.length)];
      double f1 = score(Metric.f1(Out::answer), left + one + right, left + other + right);

      assertThat(f1 == 1)
          .as(left + one + right + " and " + left + other + right)
          .isEqualTo(one.equals(other));
      assertThat(score(Metric.f1(Out::answer), left + one + right, left + right)).isLessThan(1);
    }
  }

  @Test
  void comparesLongTextsInLinearTime() {
    String label = "a b ".repeat(60_000) + "c";
    String answer = "a b ".repeat(120_000);

    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          assertThat(score(Metric.contains(Out::answer), label, answer)).isZero();
          assertThat(score(Metric.f1(Out::answer), label, answer)).isLessThan(1);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "The Eiffel Tower!, eiffel tower, 1",
    "C++, C#, 1",
    "1/2, 12, 1",
    "New York, York New, 0",
    "Paris, It is Paris, 0",
    "U.S., us, 1",
    "a cat, the  cat, 1",
    "theory, ory, 0",
    "½, 12, 0"
  })
  void answerExactMatchComparesAsSquadDoes(String expected, String actual, double value) {
    assertThat(score(Metric.answerExactMatch(Out::answer), expected, actual)).isEqualTo(value);
    assertThat(score(Metric.answerExactMatch("answer"), expected, actual)).isEqualTo(value);
    assertThat(Metric.<In, Out>answerExactMatch("the answer", Out::answer).name())
        .isEqualTo("the answer");
    assertThat(Metric.<In, Out>answerExactMatch(Out::answer).name())
        .isEqualTo("answer exact match");
  }

  record Part(String name, BigDecimal price, Set<String> tags, Optional<String> note) {}

  record Whole(Part part, List<Part> parts, Map<String, String> words, List<String> texts) {}

  private static Whole whole(String text, String number, String... tags) {
    Part part =
        new Part(
            text, new BigDecimal(number), new LinkedHashSet<>(List.of(tags)), Optional.of(text));
    return new Whole(part, List.of(part), Map.of("k", text), List.of(text));
  }

  @Test
  void equalityIsTheSameWhereverAValueStands() {
    Whole expected = whole("caf\u00e9 \u22125\r\nb", "1.0", "x", "y");
    Whole actual = whole(" cafe\u0301 -5\nb ", "1.00", "y", "x");
    RunTrace run = RunTrace.of(RunTrace.Purpose.EVALUATE, List.of());
    Example<In, Whole> example = Example.of(new In("q"), expected);
    Metric<In, Whole> all =
        Metric.mean(
            Metric.exact(Whole::part),
            Metric.exact(Whole::parts),
            Metric.exact(Whole::words),
            Metric.exact(Whole::texts),
            Metric.exact(whole -> whole.part().name()),
            Metric.exact(whole -> whole.part().note()),
            Metric.exact("part"),
            Metric.exact("parts"),
            Metric.exact("words"),
            Metric.jaccard(Whole::texts),
            Metric.jaccard("texts"),
            Metric.jaccard("parts"),
            Metric.f1(Whole::parts),
            Metric.byField(Whole.class));

    assertThat(all.score(example, actual, run).parts().values()).containsOnly(1.0);
    assertThat(all.score(example, whole("cafe -5\nb", "1", "x", "y"), run).value()).isLessThan(1);
  }

  @Test
  void refusesScoresWhoseSumIsNotFinite() {
    for (double huge : new double[] {1e308, -1e308, 1e155, Double.MAX_VALUE}) {
      assertThatThrownBy(() -> Score.of(huge))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("expected one from -1e100 to 1e100");
    }
    assertThat(Score.mean(Map.of("a", Score.of(1e100), "b", Score.of(1e100))).value())
        .isEqualTo(1e100);
  }

  @Test
  void aReadyMetricWithANameCompilesWithoutTypeArguments() {
    Metric<In, Out> named = Metric.exact("answer", Out::answer);
    Metric<In, Out> byField = Metric.mean(Metric.exact("answer", Out::answer), Metric.f1("answer"));

    assertThat(named.name()).isEqualTo("answer");
    assertThat(score(byField, "Paris", "Paris")).isEqualTo(1);
  }
}
