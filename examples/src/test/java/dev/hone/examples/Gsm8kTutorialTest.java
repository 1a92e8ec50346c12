package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.compiled.Compiled;
import dev.hone.data.Source;
import dev.hone.data.summary.FieldSummary;
import dev.hone.datasets.Gsm8k;
import dev.hone.program.ChainOfThought;
import dev.hone.signature.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The flow of DSPy's page on MIPROv2 runs without a key, and shows what it says. */
@ResourceLock(Resources.SYSTEM_OUT)
@Tag("once")
class Gsm8kTutorialTest {
  /** The length of the page's code, which this one follows. */
  private static final int LINES_OF_THE_ORIGINAL = 70;

  private static String shown = "";

  @BeforeAll
  static void run() throws Exception {
    shown = PrintedText.of(Gsm8kTutorial::main);
  }

  @Test
  void isShort() throws IOException {
    Path source = Path.of("src/main/java/dev/hone/examples/Gsm8kTutorial.java");

    assertThat(Files.readAllLines(source)).hasSizeLessThanOrEqualTo(LINES_OF_THE_ORIGINAL);
  }

  @Test
  void describesItsData() {
    assertThat(shown)
        .contains("29 examples, 29 labelled; 0 duplicates")
        .containsPattern("question +input +text +0 +29 ")
        .containsPattern("(?m)^answer: .*7 \\d");
  }

  private static double score(String heading) {
    Matcher score = Pattern.compile("(?m)^" + heading + ": score ([0-9.]+)").matcher(shown);
    assertThat(score.find()).as(heading + " in " + shown).isTrue();
    return Double.parseDouble(score.group(1));
  }

  @Test
  void isBetterWithExamplesThanWithout() {
    assertThat(score("baseline")).isLessThan(0.2);
    assertThat(score("light")).isGreaterThan(score("baseline") + 0.2);
    assertThat(score("advanced")).isGreaterThan(score("baseline") + 0.2);
    assertThat(score("zero-shot")).as("no examples, and it cannot calculate").isLessThan(0.2);
  }

  @Test
  void showsProgressAndResultsAsTables() {
    assertThat(shown)
        .containsPattern("(?m)^\\[\\d+ s] trial 1: ")
        .containsPattern("#  input +expected +output +score\\R")
        .contains("search: find the best configuration");
  }

  @Test
  void savesThreePrograms() throws IOException {
    Matcher folder = Pattern.compile("Saved in (\\S+)").matcher(shown);
    assertThat(folder.find()).isTrue();
    var program = ChainOfThought.of(Signature.parse("question -> answer: float"));

    for (String name : List.of("optimized", "zeroshot_optimized", "advanced")) {
      Path file = Path.of(folder.group(1)).resolve("mipro_" + name + ".json");
      assertThat(Compiled.load(program, file).state().of("predict").demos().isEmpty())
          .isEqualTo(name.startsWith("zero"));
      Files.delete(file);
    }
  }

  @Test
  void saysWhatTheEmbeddedModelCannotDo() {
    assertThat(shown).contains("The embedded model cannot calculate");
  }

  @Test
  void theProblemsAreOursAndInTheFormat() {
    var problems = Gsm8k.read(Source.ofResource(Gsm8kTutorial.class, "gsm8k/problems.jsonl"));

    assertThat(problems).hasSize(44);
    assertThat(problems.duplicates()).isEmpty();
    assertThat(problems.describe().field("question").map(FieldSummary::missing)).contains(0);
  }
}
