package dev.hone.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.datasets.HotPotQa;
import dev.hone.datasets.HotPotQa.Answer;
import dev.hone.datasets.HotPotQa.Question;
import dev.hone.examples.FirstQuestions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@Tag("once")
class SearchAgentTest {
  private static final Path SOURCE =
      Path.of("src/main/java/dev/hone/examples/search/SearchAgent.java");
  private static final Path DATA = Path.of("src/main/resources/dev/hone/examples/search");

  @Test
  void hasAtMostSixtyLinesWithImportsAndBlanks() throws IOException {
    assertThat(Files.readAllLines(SOURCE)).hasSizeLessThanOrEqualTo(60);
  }

  @Test
  @ResourceLock(Resources.SYSTEM_OUT)
  void gainsOnQuestionsThatTheOptimizerDidNotSee(@TempDir Path part) throws IOException {
    FirstQuestions.copyTo(part);
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      SearchAgent.main(new String[] {part.toString()});
    } finally {
      System.setOut(before);
    }

    String text = printed.toString(StandardCharsets.UTF_8);
    assertThat(score(text, "after")).isGreaterThan(score(text, "before"));
  }

  private static double score(String text, String name) {
    Matcher line = Pattern.compile(name + " +score (\\d\\.\\d+)").matcher(text);
    assertThat(line.find()).as(text).isTrue();
    return Double.parseDouble(line.group(1));
  }

  @Test
  void trainAndTestShareNoPassageAndNoQuestion() {
    Dataset<Question, Answer> train = HotPotQa.read(DATA.resolve("train.json"));
    Dataset<Question, Answer> test = HotPotQa.read(DATA.resolve("test.json"));

    assertThat(train.examples()).hasSize(216);
    assertThat(test.examples()).hasSize(144);
    assertThat(titles(train)).hasSize(240).doesNotContainAnyElementsOf(titles(test));
    assertThat(questions(train)).hasSize(216).doesNotContainAnyElementsOf(questions(test));
  }

  @Test
  void everyAnswerStandsInTheLastPassageThatAQuestionNeeds() {
    for (Example<Question, Answer> example : HotPotQa.read(DATA.resolve("train.json")).examples()) {
      List<String> gold = HotPotQa.goldTitles(example);
      assertThat(gold).hasSize(HotPotQa.isHard(example) ? 2 : 1);
      assertThat(
              HotPotQa.passages(example).stream()
                  .filter(passage -> gold.contains(passage.title()))
                  .map(HotPotQa.Passage::text)
                  .collect(Collectors.joining()))
          .contains(example.expected().answer());
    }
  }

  private static Set<String> titles(Dataset<Question, Answer> questions) {
    Set<String> titles = new HashSet<>();
    questions
        .examples()
        .forEach(
            example -> HotPotQa.passages(example).forEach(passage -> titles.add(passage.title())));
    return titles;
  }

  private static Set<String> questions(Dataset<Question, Answer> questions) {
    return questions.examples().stream()
        .map(example -> example.input().question())
        .collect(Collectors.toSet());
  }
}
