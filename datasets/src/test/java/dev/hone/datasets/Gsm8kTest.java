package dev.hone.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.data.DatasetFormatException;
import dev.hone.data.Example;
import dev.hone.datasets.Gsm8k.Answer;
import dev.hone.datasets.Gsm8k.Question;
import dev.hone.json.Json;
import dev.hone.metric.Metric;
import dev.hone.metric.Score;
import dev.hone.signature.Signature;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Word problems in the published format, and whether an answer has their number. */
class Gsm8kTest {
  private static final String GOOD =
      "{\"question\": \"How many?\", \"answer\": \"Two and two.\\n#### 4\"}";

  @Test
  void readsQuestionsWithTheNumberAsTheirLabel() {
    Dataset<Question, Answer> problems = Gsm8k.read(TestFiles.resource("gsm8k.jsonl"));

    assertThat(problems.examples())
        .extracting(example -> example.expected().answer())
        .containsExactly("43", "5000", "-5", "1.5");
    assertThat(problems.get(3).input().question()).startsWith("Jörg kauft 3").endsWith("🥖");
    assertThat(problems.get(0).extra(Gsm8k.SOLUTION).orElseThrow())
        .startsWith("The jars hold 4 * 12 = <<4*12=48>>48")
        .endsWith("#### 43");
  }

  @Test
  void readsNumbersIntoADynamicSignature() {
    Signature<ObjectNode, ObjectNode> signature = Signature.parse("question -> answer: float");

    Dataset<ObjectNode, ObjectNode> problems =
        Gsm8k.read(TestFiles.resource("gsm8k.jsonl"), signature);

    assertThat(problems.get(3).expected().get("answer").decimalValue()).isEqualByComparingTo("1.5");
    Metric<ObjectNode, ObjectNode> metric = Gsm8k.metric("answer");
    assertThat(
            metric.score(problems.get(1), Json.object().put("answer", 5e3), TestRuns.NONE).value())
        .isEqualTo(1);
    assertThat(
            metric
                .score(problems.get(1), Json.object().put("answer", "about 5,001"), TestRuns.NONE)
                .feedback())
        .isEqualTo("expected 5000, found 5001");
  }

  @Test
  void isCutDownAsOtherLibrariesDoByOptions() {
    Dataset<Question, Answer> problems = Gsm8k.read(TestFiles.resource("gsm8k.jsonl"));

    assertThat(problems.shuffled(7).first(2)).isEqualTo(problems.shuffled(7).first(2)).hasSize(2);
  }

  @Test
  void readsAnArrayAndAnExportOfTheViewerToo() {
    assertThat(Gsm8k.read(TestFiles.of("a.json", "[" + GOOD + ",\n" + GOOD + "]"))).hasSize(2);
    assertThat(
            Gsm8k.read(
                TestFiles.of("v.json", "{\"rows\": [{\"row_idx\": 0, \"row\": " + GOOD + "}]}")))
        .hasSize(1);
  }

  @Test
  void namesFileLineAndFieldOfAllBadRows() {
    String text =
        String.join(
            "\n",
            GOOD,
            "{\"question\": \"No answer?\"}",
            "{\"question\": \"No mark?\", \"answer\": \"It is 4.\"}",
            "{\"question\": \"No number?\", \"answer\": \"None.\\n#### none\"}",
            "{\"question\": 5, \"answer\": \"#### 4\"}",
            "{\"question\": \"  \", \"answer\": \"#### 4\"}",
            "[1, 2]",
            "{\"question\": \"Cut off?\", \"answ");

    assertThatThrownBy(() -> Gsm8k.read(TestFiles.of("train.jsonl", text)))
        .isInstanceOf(DatasetFormatException.class)
        .hasMessageStartingWith(
            "train.jsonl, line 2: answer: the field is missing, found only question")
        .hasMessageContaining(
            "\nline 3: answer: found no number after ####, its end is \"It is 4.\"")
        .hasMessageContaining("\nline 4: answer: found no number after ####")
        .hasMessageContaining("\nline 5: question: found 5, expected text")
        .hasMessageContaining("\nline 6: question: found a blank text")
        .hasMessageContaining("\nline 7: found [1, 2], expected an object per row")
        .hasMessageContaining("\nline 8: not JSON: the text ends in the middle of the value")
        .extracting(error -> ((DatasetFormatException) error).column())
        .isEqualTo("answer");
  }

  @Test
  void tellsAFileThatIsEmptyOrCutOff() {
    assertThatThrownBy(() -> Gsm8k.read(TestFiles.of("empty.jsonl", "\n\n")))
        .hasMessageStartingWith("empty.jsonl: the file holds no examples");
    assertThatThrownBy(() -> Gsm8k.read(TestFiles.of("cut.json", "[" + GOOD + ",\n{\"quest")))
        .hasMessageStartingWith("cut.json, line 2: not JSON: the text ends in the middle");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "43|43|1",
        "43|The answer is 43.|1",
        "43|First 40, then 3 more: 43|1",
        "43|40 + 3 = 43\\n#### 43 olives (of 48)|1",
        "43|43 of 48|0",
        "43|34|0",
        "43|It can't be said.|0",
        "43||0",
        "5000|$5,000.00|1",
        "5000|5,00|0",
        "1.5|€ 1.50|1",
        "1.5|1|0",
        "-5|-5|1",
        "-5|\u22125|1",
        "-5|5|0",
        "5|8-3=5|1",
        "3|8-3|1",
        "-5|-$5|1",
        "-5|$-5|1",
        "12|１２|1",
        "0.5|.5|1",
        "1000000|1,000,000|1",
      })
  void comparesNumbersByValue(String expected, String actual, double score) {
    assertThat(score(expected, actual == null ? "" : actual.replace("\\n", "\n")).value())
        .isEqualTo(score);
  }

  private static Score score(String expected, String actual) {
    Example<Question, Answer> example = Example.of(new Question("?"), new Answer(expected));
    return Gsm8k.metric().score(example, new Answer(actual), TestRuns.NONE);
  }

  @Test
  void saysWhatWasExpectedAndFound() {
    assertThat(score("43", "about 40").feedback()).isEqualTo("expected 43, found 40");
    assertThat(score("43", "many").feedback()).isEqualTo("expected 43, found no number");
    assertThat(Gsm8k.metric().needsLabel()).isTrue();
  }

  @Test
  void refusesALabelWithoutANumber() {
    assertThatThrownBy(() -> score("many", "4"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The label \"many\" has no number");
  }

  @Test
  void takesTimeInTheLengthOfATextOnly() {
    String digits = "1".repeat(200_000);
    String commas = "1,".repeat(100_000) + "x";

    assertThat(List.of(score("1", digits).value(), score("1", commas + " 1").value()))
        .containsExactly(0.0, 1.0);
  }
}
