package dev.hone.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.datasets.MathProblems.Answer;
import dev.hone.datasets.MathProblems.Problem;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Problems in the published forms, and whether two answers in LaTeX are equivalent. */
class MathProblemsTest {
  private static Path folder() throws URISyntaxException {
    return Path.of(Objects.requireNonNull(MathProblemsTest.class.getResource("math")).toURI());
  }

  @Test
  void readsAFolderPerSubjectInTheOrderOfItsNumbers() throws URISyntaxException {
    Dataset<Problem, Answer> problems = MathProblems.read(folder());

    assertThat(problems.examples())
        .extracting(example -> example.extra("file").orElseThrow())
        .containsExactly("algebra/2.json", "algebra/10.json", "geometry/1.json");
    assertThat(problems.examples())
        .extracting(example -> example.expected().answer())
        .containsExactly("\\frac{1}{2}", "\\left\\{ -\\sqrt{3}, \\sqrt{3} \\right\\}", "90^\\circ");
    assertThat(problems.get(1).extra("level")).contains("4");
    assertThat(problems.get(2).extra("level")).contains("Level ?");
    assertThat(problems.get(0).extra("type")).contains("Algebra");
    assertThat(problems.get(0).extra("solution").orElseThrow()).startsWith("Divide by 2.");
  }

  @Test
  void readsAFileWithAnObjectPerLine() {
    Dataset<Problem, Answer> problems = MathProblems.read(TestFiles.resource("math.jsonl"));

    assertThat(problems.examples())
        .extracting(example -> example.expected().answer())
        .containsExactly("\\frac{1}{2}", "90^\\circ");
    assertThat(problems.get(0).extra("type")).contains("Algebra");
    assertThat(problems.get(0).extra("unique_id")).contains("test/algebra/2.json");
  }

  @Test
  void namesTheFilesAndFieldsOfAllBadProblems(@TempDir Path temp) throws IOException {
    Path algebra = Files.createDirectories(temp.resolve("algebra"));
    Files.writeString(algebra.resolve("1.json"), "{\"problem\": \"p\", \"solution\": \"no box\"}");
    Files.writeString(
        algebra.resolve("2.json"),
        "{\"problem\": \"p\", \"solution\": \"$\\\\boxed{\\\\frac{1}\"}");
    Files.writeString(algebra.resolve("3.json"), "{\"problem\": \"p\", \"solu");
    Files.writeString(algebra.resolve("4.json"), "{\"solution\": \"$\\\\boxed{1}$\"}");
    Files.writeString(algebra.resolve("5.json"), "[]");

    assertThatThrownBy(() -> MathProblems.read(temp))
        .hasMessageStartingWith(
            temp + ", row 1: in algebra/1.json: solution: found no answer in \\boxed{...}")
        .hasMessageContaining("\nrow 2: in algebra/2.json: solution: found no answer in \\boxed")
        .hasMessageContaining("\nrow 3: in algebra/3.json: not JSON: the text ends in the middle")
        .hasMessageContaining("\nrow 4: in algebra/4.json: problem: the field is missing")
        .hasMessageContaining("\nrow 5: in algebra/5.json: problem: found [], expected an object");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\\boxed{a\\frac{b}{c_{d}}}|a\\frac{b}{c_{d}}",
        "\\boxed{1} then \\boxed{2}|2",
        "\\fbox{3}|3",
        "\\boxed 7$ and more|7",
        "\\boxed{\\{1, 2\\}}|\\{1, 2\\}",
        "\\boxed{\\text{a \\} b}}|\\text{a \\} b}",
      })
  void findsTheLastBoxWithItsOwnBraces(String solution, String answer) {
    assertThat(BoxedAnswer.of(solution)).contains(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"no box", "\\boxed{never closed", "\\boxed", "\\boxes{1}", "''"})
  void findsNoBoxWhereThereIsNone(String solution) {
    assertThat(BoxedAnswer.of(solution)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\\frac{1}{2}|1/2",
        "\\frac{1}{2}|0.5",
        "\\frac{1}{2}|.5",
        "\\frac{1}{2}|\\frac12",
        "\\frac{1}{72}|\\frac1{72}",
        "\\frac{3}{2}|\\dfrac{3}{2}",
        "\\frac{3}{2}|\\tfrac{3}2",
        "\\frac{a}{\\frac{1}{2}}|\\frac a{\\frac12}",
        "\\frac{\\pi}{4}|\\frac\\pi4",
        "-\\frac{7}{4}|-\\frac74",
        "\\left( 3, \\frac{\\pi}{2} \\right)|(3,\\frac{\\pi}{2})",
        "90^\\circ|90",
        "90^{\\circ}|90°",
        "10\\%|10",
        "\\$32|32",
        "x=5|5",
        "k = 5|5",
        "\\sqrt3|\\sqrt{3}",
        "2\\sqrt{3}|2\\sqrt 3",
        "12\\text{ inches}|12",
        "12\\text{ cm}^2|12",
        "12\\,\\text{cm}|12",
        "36\\mbox{ units}|36",
        "\\text{east}|east",
        "10,\\!080|10080",
        "1,000|1000",
        "2.50|2.5",
        "3.|3",
        "\\boxed{7}|7",
        "$7$|7",
        "So it is $\\boxed{\\frac{1}{2}}$.|\\frac12",
        "\\{1, 2\\}|\\{1,2\\}",
        "x\\text{ or }y|x or y",
      })
  void theseAnswersAreEquivalent(String expected, String actual) {
    assertThat(MathProblems.isEquivalent(expected, actual)).isTrue();
    assertThat(MathProblems.isEquivalent(actual, expected)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1/2|2/1",
        "\\frac{1}{2}|12",
        "5|-5",
        "x+1|1+x",
        "(1,2)|12",
        "(1,200)|1200",
        "\\text{A}|\\text{B}",
        "2\\text{A}|2",
        "10|100",
        "x=y=5|5",
        "\\sqrt{3}|3",
        "\\leftarrow|arrow",
      })
  void theseAnswersAreNot(String expected, String actual) {
    assertThat(MathProblems.isEquivalent(expected, actual)).isFalse();
  }

  @Test
  void scoresAndSaysWhatWasCompared() {
    Example<Problem, Answer> example = Example.of(new Problem("?"), new Answer("\\frac12"));

    assertThat(MathProblems.metric().score(example, new Answer("0.5"), TestRuns.NONE).value())
        .isEqualTo(1);
    assertThat(MathProblems.metric().score(example, new Answer("2"), TestRuns.NONE).feedback())
        .isEqualTo("expected \\frac{1}{2}, found 2");
  }

  @Test
  void longAndBrokenAnswersAreComparedAllTheSame() {
    String nested = "\\frac{".repeat(1_500);
    String spaces = " ".repeat(9_000);

    assertThat(MathProblems.isEquivalent(nested, nested)).isTrue();
    assertThat(MathProblems.isEquivalent("1" + spaces + "2", "12")).isTrue();
    assertThat(MathProblems.isEquivalent("{", "}")).isFalse();
    assertThat(MathProblems.isEquivalent("x".repeat(100_000), "x")).isFalse();
  }
}
