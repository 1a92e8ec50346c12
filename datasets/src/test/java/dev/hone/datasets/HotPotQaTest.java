package dev.hone.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.datasets.HotPotQa.Answer;
import dev.hone.datasets.HotPotQa.ContextQuestion;
import dev.hone.datasets.HotPotQa.Passage;
import dev.hone.datasets.HotPotQa.Question;
import dev.hone.metric.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Multi-hop questions in both published forms. */
class HotPotQaTest {
  record Found(String answer, List<String> context) {}

  @Test
  void readsQuestionsAnswersPassagesAndGoldTitles() {
    Dataset<Question, Answer> questions = HotPotQa.read(TestFiles.resource("hotpotqa.json"));

    Example<Question, Answer> first = questions.get(0);
    assertThat(first.input().question()).startsWith("In which country");
    assertThat(first.expected()).isEqualTo(new Answer("Norway"));
    assertThat(HotPotQa.passages(first))
        .hasSize(3)
        .contains(
            new Passage(
                "Ada Frost", List.of("Ada Frost was born in Norway.", " She built bridges.")));
    assertThat(HotPotQa.goldTitles(first)).containsExactly("Lumen Bridge", "Ada Frost");
    assertThat(HotPotQa.goldTitles(questions.get(1))).containsExactly("Lumen Bridge", "Café Zoë");
    assertThat(first.extra("id")).contains("h1");
    assertThat(first.extra("type")).contains("bridge");
  }

  @Test
  void bothFormsGiveTheSameExamples() {
    assertThat(HotPotQa.read(TestFiles.resource("hotpotqa-hub.jsonl")).examples())
        .usingRecursiveComparison()
        .ignoringFields("extras")
        .isEqualTo(HotPotQa.read(TestFiles.resource("hotpotqa.json")).examples());
    assertThat(HotPotQa.passages(HotPotQa.read(TestFiles.resource("hotpotqa-hub.jsonl")).get(0)))
        .isEqualTo(HotPotQa.passages(HotPotQa.read(TestFiles.resource("hotpotqa.json")).get(0)));
    assertThat(
            HotPotQa.read(TestFiles.resource("hotpotqa-hub.jsonl"))
                .get(1)
                .extra("supporting_facts"))
        .isEqualTo(
            HotPotQa.read(TestFiles.resource("hotpotqa.json")).get(1).extra("supporting_facts"))
        .isPresent();
  }

  @Test
  void givesHardOnesAndPartsOfThem() {
    Dataset<Question, Answer> questions = HotPotQa.read(TestFiles.resource("hotpotqa.json"));

    assertThat(questions.filter(HotPotQa::isHard).shuffled(2024).first(500).examples())
        .containsExactly(questions.get(0));
  }

  @Test
  void putsPassagesIntoTheInputWhereAsked() {
    Dataset<ContextQuestion, Answer> questions =
        HotPotQa.readWithContext(TestFiles.resource("hotpotqa.json"));

    assertThat(questions.get(0).input().context())
        .contains("Ada Frost | Ada Frost was born in Norway. She built bridges.");
    assertThat(questions.get(0).extra("level")).contains("hard");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"answer\": \"a\"'|question: the field is missing",
        "'\"question\": \"q\"'|answer: the field is missing, found only question",
        "'\"question\": \"q\", \"answer\": \"a\", \"context\": 5'|context: found 5, expected a list",
        "'\"question\": \"q\", \"answer\": \"a\", \"context\": [[\"t\"]]'"
            + "|context[0]: found [\"t\"], expected [title, [sentences]]",
        "'\"question\": \"q\", \"answer\": \"a\", \"context\": [[\"t\", [1]]]'"
            + "|context[0][1][0]: found 1, expected text",
        "'\"question\": \"q\", \"answer\": \"a\", \"context\": {\"title\": [\"t\"], \"sentences\": []}'"
            + "|context: found 1 of title and 0 of sentences",
        "'\"question\": \"q\", \"answer\": \"a\", \"supporting_facts\": [[\"t\", \"x\"]]'"
            + "|supporting_facts[0][1]: found \"x\", expected the number of a sentence",
      })
  void namesWhatIsWrongWithARow(String fields, String problem) {
    assertThatThrownBy(() -> HotPotQa.read(TestFiles.of("dev.json", "[\n\n{" + fields + "}\n]")))
        .hasMessageStartingWith("dev.json, line 3: " + problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "It was in NORWAY, they say.",
        "norway",
        "Frost | Norway.",
      })
  void aPassageWithTheAnswerMatches(String passage) {
    assertThat(match("Norway", passage)).isEqualTo(1);
  }

  @Test
  void matchesWordsSideBySideOnly() {
    assertThat(match("New York", "New roads to York")).isZero();
    assertThat(match("York", "Yorkshire")).isZero();
    assertThat(match("Café Zoë", "The Cafe\u0301 Zoe\u0308 is open")).isEqualTo(1);
    assertThat(match("U.S.", "in the U.S. of old")).isEqualTo(1);
    assertThat(match(" ", "anything")).isZero();
  }

  @Test
  void anyPassageWillDo() {
    Metric<Question, Found> metric = HotPotQa.answerPassageMatch(Found::answer, Found::context);
    Example<Question, Found> example = Example.of(new Question("?"), new Found("Vik", List.of()));

    assertThat(
            metric
                .score(example, new Found("", List.of("nothing", "In Vik.")), TestRuns.NONE)
                .value())
        .isEqualTo(1);
    assertThat(metric.score(example, new Found("", List.of()), TestRuns.NONE).feedback())
        .isEqualTo("Vik is in none of 0 passages");
  }

  private static double match(String answer, String passage) {
    Metric<Question, Found> metric = HotPotQa.answerPassageMatch(Found::answer, Found::context);
    return metric
        .score(
            Example.of(new Question("?"), new Found(answer, List.of())),
            new Found("", List.of(passage)),
            TestRuns.NONE)
        .value();
  }
}
