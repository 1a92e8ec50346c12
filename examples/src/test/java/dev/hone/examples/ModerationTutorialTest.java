package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The tutorial runs without a key, and shows what it says. */
@ResourceLock(Resources.SYSTEM_OUT)
class ModerationTutorialTest {
  /** The length of dsxir's tutorial, which this one follows. */
  private static final int LINES_OF_THE_ORIGINAL = 222;

  private static String shown = "";

  @BeforeAll
  static void run() throws Exception {
    shown = PrintedText.of(ModerationTutorial::main);
  }

  @Test
  void printsEachSection() {
    assertThat(
            shown.lines().filter(line -> line.startsWith("== ")).map(line -> line.split("[:,]")[0]))
        .containsExactly(
            "== Baseline evaluation",
            "== BootstrapFewShot",
            "== MIPROv2",
            "== Its report",
            "== Saved",
            "== The same seed again",
            "== Random against TPE",
            "== Telemetry",
            "== Tenants");
    assertThat(section("Baseline"))
        .contains("on 15 examples, 15 model calls")
        .contains("errors by class: {}");
    assertThat(section("BootstrapFewShot"))
        .contains("of 30 teacher runs succeeded (threshold 0.7)")
        .contains("note: maxLabeledDemos (2) is the number of demos in all");
    assertThat(section("MIPROv2"))
        .contains("light            6 ")
        .containsPattern("tpe,\\s+10 trials on all of 9 validation examples");
  }

  @Test
  void showsTheFieldsOfTheReport() {
    assertThat(section("Its report"))
        .containsPattern(
            "^0\\.\\d+ \\[.+] -> 0\\.\\d+ \\[.+], trials spent, \\d+ model calls, .*tokens, .+ s\\R")
        .containsPattern("configuration +\\{self.instructions=\\d, self.demos=\\d}\\R")
        .containsPattern("trials +\\{BASELINE=1, RANDOM=\\d.*}\\R")
        .containsPattern("full evals +11\\R")
        .containsPattern("proposer calls +\\d\\R")
        .containsPattern(
            "task calls +1\\d\\d: \\{self=1\\d\\d steps, 1\\d\\d model calls, .* s}\\R")
        .containsPattern("compile cache +\\d+\\R")
        .containsPattern("reply cache +0\\R")
        .containsPattern("degraded +false")
        .containsPattern("demos +\\d+\\R")
        .containsPattern("instructions +Classify the snippet for moderation\\.");
  }

  @Test
  void isBetterAfterwardsOnSnippetsThatNoOptimizerSaw() {
    String scores = section("Saved");

    assertThat(score(scores, "MIPROv2")).isGreaterThan(score(scores, "baseline"));
    assertThat(scores).contains("equal on", "difference +");
  }

  private static double score(String text, String of) {
    Matcher line = Pattern.compile("(?m)^" + of + " +(0\\.\\d+)$").matcher(text);
    assertThat(line.find()).as(text).isTrue();
    return Double.parseDouble(line.group(1));
  }

  @Test
  void paysNothingForTheSameSeedAgain() {
    Matcher first = Pattern.compile("compile cache +(\\d+)").matcher(section("Its report"));
    assertThat(first.find()).isTrue();
    assertThat(section("The same seed"))
        .containsPattern(
            "^%s outcomes known, 0 model calls, 1\\d\\d cached, 0 tokens"
                .formatted(first.group(1)));
  }

  @Test
  void comparesTheSearchesTrialByTrial() {
    assertThat(section("Random against TPE"))
        .containsPattern("random: best 0\\.\\d+")
        .containsPattern("tpe: best 0\\.\\d+")
        .containsPattern("trials \\[(0\\.\\d\\d, ){10}0\\.\\d\\d]");
  }

  @Test
  void countsEventsAndShowsTheirIds() {
    String events = section("Telemetry");

    Matcher run = Pattern.compile("OptimizerStarted, id (\\d+) of 0").matcher(events);
    assertThat(run.find()).as(events).isTrue();
    assertThat(events)
        .containsPattern("StageStarted, id \\d+ of " + run.group(1))
        .contains("OptimizerStarted=1", "TrialStarted=11", "TrialFinished=11", "StageFinished=4")
        .containsPattern("rerank of \\d+ at trial \\d+\\R")
        .containsPattern("stop: 0\\.\\d+ .+ model calls, .+ tokens, .+ s\\R");
  }

  @Test
  void hearsNothingMoreAfterTheListenerWasTakenOff() {
    Matcher steps =
        Pattern.compile("PredictorAnswered=(\\d+).*PredictorStarted=(\\d+)")
            .matcher(section("Telemetry"));
    assertThat(steps.find()).isTrue();
    assertThat(steps.group(1)).isEqualTo(steps.group(2));
    assertThat(section("Telemetry")).doesNotContain("Not counted.");
  }

  @Test
  void keepsTheRepliesOfTenantsApart() {
    assertThat(section("Tenants").lines().map(line -> line.replaceAll(": .*, calls", "")))
        .containsExactly("acme 1", "globex 1", "acme 0");
  }

  @Test
  void isNoLongerThanTheOriginal() throws IOException {
    Path source = Path.of("src/main/java/dev/hone/examples/ModerationTutorial.java");

    assertThat(Files.readAllLines(source)).hasSizeLessThanOrEqualTo(LINES_OF_THE_ORIGINAL);
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
