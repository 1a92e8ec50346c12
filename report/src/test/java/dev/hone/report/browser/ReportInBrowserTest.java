package dev.hone.report.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.report.DemoRun;
import dev.hone.report.FollowingPage;
import dev.hone.report.HostileRun;
import dev.hone.report.HtmlReport;
import dev.hone.report.LiveReport;
import dev.hone.report.RunRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser: by {@code mvn -Pbrowser}. */
@Tag("browser")
class ReportInBrowserTest {
  private static final int PHONE = 375;

  @TempDir static Path folder;
  private static Browser browser;
  private static Path page;

  @BeforeAll
  static void openBrowser() {
    page = folder.resolve("report.html");
    HtmlReport.of(DemoRun.record()).write(page);
    browser = Browser.open();
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @BeforeEach
  void asAtADesk() {
    browser.size(1200, 900).dark(false);
    browser.complaints();
    browser.requests();
  }

  @Test
  void itsChartsDraw() {
    browser.show(page);

    assertThat(browser.elements(".chart canvas")).hasSize(1);
    assertThat(drawnTrials()).isEqualTo(DemoRun.record().data().trials().size());
    assertThat(inkedPixels()).as("pixels that are not empty").isGreaterThan(2_000);
  }

  @Test
  void itFetchesNothingAndTheConsoleIsEmpty() {
    browser.show(page);

    assertThat(browser.requests())
        .allMatch(address -> address.equals(page.toUri().toString()) || address.equals("data:,"));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void axeFindsNothingSeriousInLightOrDarkOrOnAPhoneOrOfSeveralRuns() {
    browser.show(page);
    browser.run("document.querySelectorAll('details').forEach(d => d.open = true)");
    assertThat(browser.seriousFindings()).as("light").isEmpty();

    browser.dark(true).show(page);
    browser.run("document.querySelectorAll('details').forEach(d => d.open = true)");
    assertThat(browser.seriousFindings()).as("dark").isEmpty();

    browser.dark(false).size(PHONE, 700).show(page);
    assertThat(browser.seriousFindings()).as("phone").isEmpty();

    Path both = folder.resolve("both.html");
    HtmlReport.of(List.of(DemoRun.record(), DemoRun.after(9))).write(both);
    browser.size(1200, 900).show(both);
    assertThat(browser.seriousFindings()).as("side by side").isEmpty();
    assertThat(browser.elements(".chart canvas")).hasSize(3);
  }

  @Test
  void theKeyboardReachesTheChartAndReadsItsTrials() {
    browser.show(page);
    browser.run("document.querySelector('.chart').focus()");

    browser.focused().sendKeys(Keys.ARROW_RIGHT);
    String first = browser.element("#r1-trials-reading").getText();
    browser.focused().sendKeys(Keys.ARROW_RIGHT);
    String second = browser.element("#r1-trials-reading").getText();

    assertThat(first).startsWith("Trial 1, baseline").contains("calls");
    assertThat(second).startsWith("Trial 2, ");
  }

  @Test
  void everythingThatCanBePressedIsReachedByTabInOrder() {
    browser.show(page);
    browser.run("document.body.focus()");
    StringBuilder reached = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      browser.focused().sendKeys(Keys.TAB);
      reached
          .append(browser.focused().getTagName())
          .append('#')
          .append(browser.focused().getDomAttribute("id"))
          .append('\n');
      if (i == 0) {
        assertThat(browser.focused().getText()).isEqualTo("Skip to the report");
      }
    }

    assertThat(reached.toString())
        .contains("div#r1-trials\n")
        .contains("input#r1-axis-trial\n")
        .contains("summary#");
  }

  @Test
  void itsAxisCanBeTrialsOrCalls() {
    browser.show(page);

    browser.element("#r1-axis-calls").click();

    assertThat(browser.element(".chart .u-axis") != null).isTrue();
    assertThat(drawnTrials()).isEqualTo(DemoRun.record().data().trials().size());
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void onAPhoneNothingIsWiderThanTheScreen() {
    browser.size(PHONE, 700).show(page);
    browser.run("document.querySelectorAll('details').forEach(d => d.open = true)");

    assertThat(browser.number("document.documentElement.scrollWidth")).isEqualTo(PHONE);
    assertThat(browser.number("document.querySelector('.chart canvas').clientWidth"))
        .isLessThanOrEqualTo(PHONE);
  }

  @Test
  void inTheDarkItIsDark() {
    browser.dark(true).show(page);

    Object ground = browser.run("return getComputedStyle(document.body).backgroundColor");

    assertThat(ground).isEqualTo("rgb(16, 20, 26)");
  }

  @Test
  void aServedPageFollowsTheRunInPlaceAndEndsWithIt() {
    AtomicReference<RunRecord> now = new AtomicReference<>(DemoRun.after(3));
    try (LiveReport live = LiveReport.serving(() -> List.of(now.get()))) {
      browser.show(live.uri().orElseThrow());
      assertThat(drawnTrials()).isEqualTo(3);
      browser.run(
          "window.sameDocument = true; document.querySelector('#r1-trials-table').open = true");
      browser.run(
          "document.querySelector('.chart').focus({preventScroll: true}); scrollTo(0, 300)");
      browser.run("window.sameChart = document.querySelector('.chart')");

      now.set(DemoRun.after(8));
      browser.await(() -> drawnTrials() == 8);

      assertThat(browser.run("return window.sameDocument")).isEqualTo(true);
      assertThat(browser.run("return window.sameChart === document.querySelector('.chart')"))
          .isEqualTo(true);
      assertThat(browser.run("return document.querySelector('#r1-trials-table').open"))
          .isEqualTo(true);
      assertThat(browser.focused().getDomAttribute("id")).isEqualTo("r1-trials");
      assertThat(browser.number("scrollY")).isBetween(250L, 350L);
      assertThat(browser.element("#r1-verdict .headline").getText()).contains("8 of about");

      now.set(DemoRun.record());
      browser.await(() -> browser.element("#live-word").getText().equals("The run has ended"));

      assertThat(browser.element("#r1-verdict .headline").getText()).startsWith("Better.");
      assertThat(browser.elements("#r1-examples, #r1-prompts")).hasSize(2);
      assertThat(browser.requests())
          .allMatch(
              address ->
                  address.startsWith(live.uri().orElseThrow().toString())
                      || address.equals("data:,"));
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aPageThatIsServedSaysSoWhenWhatServesItIsGone() {
    LiveReport live = LiveReport.serving(() -> List.of(DemoRun.after(3)));
    browser.show(live.uri().orElseThrow());
    browser.await(
        () -> !browser.run("return document.documentElement.dataset.version || ''").equals(""));

    live.close();

    browser.await(() -> browser.element("#live-word").getText().equals("The run has ended"));
    assertThat(drawnTrials()).isEqualTo(3);
  }

  @Test
  void anOpenPausedPageStaysAsItIs() {
    AtomicReference<RunRecord> now = new AtomicReference<>(DemoRun.after(3));
    try (LiveReport live = LiveReport.serving(() -> List.of(now.get()))) {
      browser.show(live.uri().orElseThrow());
      browser.element("#live-pause").click();
      assertThat(browser.element("#live-word").getText()).isEqualTo("Paused");

      now.set(DemoRun.after(5));
      assertThat(drawnTrials()).isEqualTo(3);
      browser.element("#live-pause").click();

      browser.await(() -> drawnTrials() == 5);
    }
  }

  @Test
  void aFileThatIsOpenFollowsTheRunAndKeepsItsPlace() throws Exception {
    Path file = folder.resolve("live.html");
    FollowingPage.write(file, DemoRun.after(4));
    browser.show(file);
    browser.run("document.querySelector('#r1-trials-table').open = true; scrollTo(0, 420)");

    FollowingPage.write(file, DemoRun.after(7));
    browser.await(() -> drawnTrials() == 7);

    assertThat(browser.run("return document.querySelector('#r1-trials-table').open"))
        .isEqualTo(true);
    assertThat(browser.number("scrollY")).isEqualTo(420);

    HtmlReport.of(DemoRun.record()).write(file);
    browser.await(() -> browser.element("#r1-verdict .headline").getText().startsWith("Better."));
    assertThat(browser.elements("#live-word")).isEmpty();
    assertThat(browser.number("scrollY")).isEqualTo(420);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void hostileTextsRunNothingAndAreShownAsTheyAre() {
    Path hostile = folder.resolve("hostile.html");
    HtmlReport.of(List.of(HostileRun.record(), HostileRun.record())).write(hostile);

    browser.size(PHONE, 700).show(hostile);
    browser.run("document.querySelectorAll('details').forEach(d => d.open = true)");

    assertThat(browser.run("return window.hurt || 'unhurt'")).isEqualTo("unhurt");
    assertThat(browser.elements("img, [onfocus], [onerror], iframe, object")).isEmpty();
    assertThat(browser.element("#r1-name").getText()).contains("</script></style>");
    assertThat(browser.elements(".chart canvas")).hasSize(3);
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.number("document.documentElement.scrollWidth")).isEqualTo(PHONE);
  }

  @Test
  void itsPicturesAreTaken() {
    Path images =
        Path.of(
            System.getProperty("hone.images", "").isBlank()
                ? folder.resolve("images").toString()
                : System.getProperty("hone.images"));
    browser.size(1100, 900).show(page);
    browser.picture(images.resolve("report.png"), 0, 1100, 1160);
    browser.run("document.querySelector('#r1-group-won').open = true");
    browser.picture(images.resolve("report-parts.png"), top("#r1-worth"), 1100, 900);
    browser.dark(true).size(PHONE, 800).show(page);
    browser.picture(images.resolve("report-phone-dark.png"), 0, PHONE, 1100);

    assertThat(images.resolve("report.png")).isNotEmptyFile();
  }

  private static int top(String css) {
    return (int)
        browser.number("document.querySelector('%s').getBoundingClientRect().top".formatted(css));
  }

  private static int drawnTrials() {
    Object drawn =
        browser.run(
            "const c = document.querySelector('.chart'); return c && c.dataset.drawn || '0'");
    return Integer.parseInt(String.valueOf(drawn));
  }

  private static long inkedPixels() {
    return ((Number)
            browser.run(
                """
                const c = document.querySelector('.chart canvas');
                const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
                let n = 0;
                for (let i = 3; i < d.length; i += 4) if (d[i] > 0) n++;
                return n;
                """))
        .longValue();
  }
}
