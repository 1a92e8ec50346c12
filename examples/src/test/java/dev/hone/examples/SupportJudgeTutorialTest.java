package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Columns;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.data.Source;
import dev.hone.examples.SupportJudgeTutorial.Raw;
import dev.hone.examples.SupportJudgeTutorial.Reply;
import dev.hone.signature.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The tutorial runs without a key, and shows what it says. */
@Tag("once")
@ResourceLock(Resources.SYSTEM_OUT)
class SupportJudgeTutorialTest {
  /** The length of the article's code, which this one follows. */
  private static final int LINES_OF_THE_ORIGINAL = 187;

  private static final String NUMBER = "([+-]?\\d\\.\\d+)";

  private static String shown = "";

  @BeforeAll
  static void run() throws Exception {
    shown = PrintedText.of(SupportJudgeTutorial::main);
  }

  @Test
  void keepsTheConversationsThatCanBeUsed() {
    assertThat(section("Data"))
        .contains("340 rows, 300 usable", "300 of 300 conversations cut, 0 dropped");
    assertThat(section("Baseline generator"))
        .contains("150 rows: 150 answered, 0 refused, 0 failed")
        .containsPattern("UNSATISFIED [56]\\d\\.\\d%");
  }

  @Test
  void theTunedJudgeAgreesMoreWithPeopleOnRepliesThatItNeverSaw() {
    String before = section("Baseline judge");
    String after = section("Judge tuned");

    assertThat(number(after, "accuracy +" + NUMBER))
        .isGreaterThan(number(before, "accuracy +" + NUMBER) + 0.1);
    assertThat(number(after, "kappa +" + NUMBER))
        .isGreaterThan(number(before, "kappa +" + NUMBER) + 0.2);
    assertThat(before + after).containsPattern("kappa +-?0\\.\\d+ \\[-?0\\.\\d+, 0\\.\\d+]");
    assertThat(after).contains("agreement with gold on 75 examples");
  }

  @Test
  void whatIsOverfittedIsDetected() {
    assertThat(section("Overfitting"))
        .containsPattern("24 demos: 1\\.000 on 24 seen, 0\\.\\d+ on 75 unseen.*: overfitted\\R")
        .containsPattern("MIPROv2: 0\\.\\d+ on 75 seen, 0\\.\\d+ on 75 unseen.*[\\d\\]]\\R");
  }

  @Test
  void theTunedGeneratorIsBetterByTheJudgeAndByGold() {
    String generator = section("Generator tuned");

    for (String by : List.of("judge:", "gold: ")) {
      String gain =
          by + " " + NUMBER + " -> " + NUMBER + ".*difference " + NUMBER + " \\[" + NUMBER;
      Matcher line = Pattern.compile(gain).matcher(generator);
      assertThat(line.find()).as(generator).isTrue();
      assertThat(Double.parseDouble(line.group(2)))
          .isGreaterThan(Double.parseDouble(line.group(1)));
      assertThat(Double.parseDouble(line.group(4))).as("lower end of the gain").isPositive();
    }
    assertThat(generator)
        .containsPattern("generator: 0\\.\\d+ on 75 seen, 0\\.\\d+ on 75 unseen")
        .containsPattern("c\\d{3} rose by the judge, and is good");
  }

  @Test
  void theJudgeIsFooledByLengthAndThatIsDetected() {
    String length = section("Length");
    String[] byJudgeAndGold = length.split("\\Rgold:");

    assertThat(number(byJudgeAndGold[0], "difference " + NUMBER)).isPositive();
    assertThat(byJudgeAndGold[0]).contains("warning: the outputs are longer");
    assertThat(byJudgeAndGold[1]).contains("better on 0, worse on 0, equal on 75 of 75 examples");
  }

  @Test
  void theJudgesOwnVariabilityIsShown() {
    assertThat(section("Variability")).contains("5 verdicts on each of 75 outputs");
  }

  @Test
  void theHelpOfEachUsableConversationHoldsItsAnswer() {
    Dataset<Raw, Reply> raw =
        Dataset.ofJsonl(
            Source.ofResource(SupportJudgeTutorial.class, "conversations/raw.jsonl"),
            Signature.of(Raw.class, Reply.class, ""),
            Columns.asNamed().labelsOptional());
    List<String> ids = new ArrayList<>();

    for (Example<Raw, Reply> row : raw) {
      String id = row.extra("id").orElseThrow();
      ids.add(id);
      boolean usable =
          row.extra("language").orElseThrow().equals("en") && !row.input().conversation().isBlank();
      assertThat(row.extra("needs").isPresent()).as(id).isEqualTo(usable);
      for (String gold : List.of("needs", "forbids")) {
        row.extra(gold)
            .ifPresent(said -> assertThat(row.input().help()).containsPattern(any(said)));
      }
      row.extra("forbids")
          .ifPresent(wrong -> assertThat(row.extra("needs")).isNotEqualTo(Optional.of(wrong)));
    }
    assertThat(ids).doesNotHaveDuplicates().hasSize(340);
  }

  private static Pattern any(String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
  }

  @Test
  void isNoLongerThanTheOriginal() throws IOException {
    Path source = Path.of("src/main/java/dev/hone/examples/SupportJudgeTutorial.java");

    assertThat(Files.readAllLines(source)).hasSizeLessThanOrEqualTo(LINES_OF_THE_ORIGINAL);
  }

  private static double number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  /** What was printed under a heading. */
  private static String section(String heading) {
    int from = shown.indexOf("== " + heading);
    assertThat(from).as(heading).isNotNegative();
    int begin = shown.indexOf('\n', from) + 1;
    int end = shown.indexOf("\n== ", begin);
    return shown.substring(begin, end < 0 ? shown.length() : end);
  }
}
