package dev.hone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.report.data.CandidateEntries;
import dev.hone.report.data.ComparisonEntry;
import dev.hone.report.data.ComparisonEntry.AnswerEntry;
import dev.hone.report.data.ComparisonEntry.GainEntry;
import dev.hone.report.data.ComparisonEntry.RowEntry;
import dev.hone.report.data.CostEntry;
import dev.hone.report.data.ProvenanceEntry;
import dev.hone.report.data.RunData;
import dev.hone.report.data.RunHead;
import dev.hone.report.data.RunPlan;
import dev.hone.report.data.ScoreEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final Pattern TAG = Pattern.compile("<([a-z][a-z0-9]*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern START_TAG =
      Pattern.compile("<[a-z][a-z0-9]*((?:[^\"'>]|\"[^\"]*\"|'[^']*')*)>");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([^\\s=\"'/]+)(?:=(?:\"[^\"]*\"|'[^']*'|[^\\s\"']+))?");
  private static final ScoreEntry LOW = new ScoreEntry(0.5, 0.45, 0.55, 100);

  @TempDir Path folder;

  @Test
  void beginsWithTheVerdictInASentence() {
    String html = HtmlReport.of(DemoRun.record()).html();

    assertThat(html)
        .containsPattern(
            "<strong>Better.</strong> From [0-9.]+ to [0-9.]+ on 120 test examples: a difference of \\+");
    assertThat(html.indexOf("Better.")).isLessThan(html.indexOf("How it searched"));
  }

  @Test
  void showsThePromptAsItIsSentForALearningExample() {
    String html = HtmlReport.of(DemoRun.record()).html();
    String learnt =
        SupportData.trainset().examples().get(0).inputJson().iterator().next().asString();

    assertThat(html)
        .contains("As it is sent: ")
        .contains("for one example to learn from</summary>");
    String sent = html.substring(html.indexOf("As it is sent: "));
    assertThat(sent.indexOf("<h4>system</h4>")).isPositive();
    assertThat(sent.substring(0, sent.indexOf("</ol>")))
        .contains("<h4>user</h4>", "<h4>assistant</h4>")
        .contains(learnt.substring(0, 20).replace("'", "&#39;"))
        .contains("[[ ## completed ## ]]");
    assertThat(html.substring(0, html.indexOf("As it is sent: ")))
        .as("it is folded")
        .endsWith("-sent-self\"><summary>");
  }

  @Test
  void runsOfOneNameAndOneTimeAreToldApart() {
    List<RunRecord> runs = List.of(DemoRun.record(), DemoRun.record());

    assertThat(RunSummary.of(runs).toString().lines().map(line -> line.replaceFirst(":\\s.*", "")))
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).matches("support, .* \\([12]\\)"));
    assertThat(HtmlReport.of(runs).html())
        .containsPattern("<a href=\"#r1\">support, [^<]* \\(1\\)</a>")
        .containsPattern("<a href=\"#r2\">support, [^<]* \\(2\\)</a>");
  }

  @Test
  void namesNoAddressFromWhichAnythingCouldBeLoaded() {
    String html = markup(HtmlReport.of(DemoRun.record()).html());

    assertThat(html).doesNotContainPattern("(src|href)=\"(?!#|data:,\")");
    assertThat(html).doesNotContain("http:").doesNotContain("https:").doesNotContain("style=\"");
    assertThat(html).contains("default-src &#39;none&#39;");
  }

  @Test
  void nothingFromTheDataBecomesMarkup() {
    String honest = HtmlReport.of(DemoRun.record()).html();
    String hostile = HtmlReport.of(HostileRun.record()).html();

    assertThat(tags(hostile)).isSubsetOf(tags(honest));
    assertThat(hostile).doesNotContain("<img").doesNotContain("<script>window");
    assertThat(attributes(hostile))
        .isSubsetOf(attributes(honest))
        .noneMatch(a -> a.startsWith("on"));
    assertThat(count(hostile, "<script")).isEqualTo(count(honest, "<script"));
    assertThat(count(hostile, "</script")).isEqualTo(count(honest, "</script"));
    assertThat(count(hostile, "<style")).isEqualTo(1);
    assertThat(hostile).doesNotContain("\u2028\"").contains("&lt;img src=x onerror");
  }

  @Test
  void theSameOfSeveralRunsAndOfPagesThatFollow() {
    List<RunRecord> runs = List.of(HostileRun.record(), HostileRun.record());

    assertThat(HtmlReport.of(runs).html()).doesNotContain("<img").doesNotContain("<script>window");
    assertThatThrownBy(() -> HtmlReport.of(List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Maybe");
  }

  @Test
  void tenThousandRowsMakeAPageOfLimitedSize() {
    String page = HtmlReport.of(RunRecord.of(rows(10_000))).html();

    assertThat(page.length()).isLessThan(3_000_000);
    assertThat(page)
        .contains("Won: 5,000&#32;(100 are shown)")
        .contains("Lost: 5,000&#32;(100 are shown)");
  }

  @Test
  void aRecordWithNothingInItStillHasAPage() {
    String page = HtmlReport.of(RunRecord.of(rows(0))).html();

    assertThat(page).contains("Nothing failed.").doesNotContain("How it searched");
  }

  @Test
  void aRunThatFailedSaysWhyAndHowFarItCame() {
    RunRecord record =
        RunRecorder.named("tickets").failed(new InvalidInputException("No. Maybe yes.")).record();

    assertThat(HtmlReport.of(record).html())
        .contains("<strong>Failed.</strong> No. Maybe yes. 0 calls in");
  }

  @Test
  void isWrittenIntoFoldersThatAreMissing() throws Exception {
    Path file = folder.resolve("a/b/report.html");

    HtmlReport.of(DemoRun.record()).write(file);

    assertThat(Files.readString(file)).startsWith("<!doctype html>").endsWith("</html>\n");
    assertThatThrownBy(() -> HtmlReport.of(DemoRun.record()).write(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it is a folder")
        .hasMessageContaining("Maybe");
  }

  private static RunData rows(int count) {
    List<RowEntry> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double score = i % 2;
      rows.add(
          new RowEntry(
              i + 1,
              "{\"text\":\"" + "word ".repeat(400) + "\"}",
              "{\"label\":\"A\"}",
              new AnswerEntry("{\"label\":\"B\"}", score, "why ".repeat(200), ""),
              new AnswerEntry("{\"label\":\"A\"}", 1 - score, "", "")));
    }
    @Nullable ComparisonEntry comparison =
        count == 0
            ? null
            : new ComparisonEntry(
                "test",
                LOW,
                LOW,
                new GainEntry(0, -0.1, 0.1, 0.5, count / 2, count / 2, 0),
                Map.of(),
                Map.of(),
                rows,
                0,
                List.of());
    return new RunData(
        RunData.SCHEMA,
        new RunHead("rows", "", "", RunHead.FINISHED, "", "", "", 0),
        RunPlan.NONE,
        List.of(),
        List.of(),
        CandidateEntries.NONE,
        null,
        CostEntry.NONE,
        List.of(),
        List.of(),
        comparison,
        ProvenanceEntry.NONE,
        List.of());
  }

  /** The page without its own script and style. */
  private static String markup(String html) {
    return html.replaceAll("(?s)<script>.*?</script>", "").replaceAll("(?s)<style>.*?</style>", "");
  }

  private static List<String> tags(String html) {
    return TAG.matcher(markup(html)).results().map(MatchResult::group).distinct().toList();
  }

  /** The names of all attributes, as a browser reads them. */
  private static Set<String> attributes(String html) {
    Set<String> names = new TreeSet<>();
    START_TAG
        .matcher(markup(html))
        .results()
        .flatMap(tag -> ATTRIBUTE.matcher(tag.group(1)).results())
        .forEach(attribute -> names.add(attribute.group(1)));
    return names;
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
