package dev.hone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveReportTest {
  @TempDir Path folder;

  @Test
  void keepsBothFilesFromTheBeginningToTheEnd() throws Exception {
    RunRecorder recorder = RunRecorder.named("tickets");
    try (LiveReport live = LiveReport.into(folder, recorder)) {
      assertThat(live.uri()).isEmpty();
      assertThat(RunRecord.read(folder).running()).isTrue();
      assertThat(Files.readString(folder.resolve(LiveReport.FILE)))
          .contains("data-life=\"FILE\"")
          .contains("http-equiv=\"refresh\"");
      recorder.finished();
    }

    assertThat(RunRecord.read(folder).running()).isFalse();
    assertThat(Files.readString(folder.resolve(LiveReport.FILE)))
        .contains("data-life=\"STILL\"")
        .doesNotContain("http-equiv=\"refresh\"");
  }

  @Test
  void aRunThatWasLeftWithoutAWordIsNoLongerFollowed() throws Exception {
    LiveReport live = LiveReport.into(folder, RunRecorder.named("tickets"));

    live.close();
    live.close();

    assertThat(Files.readString(folder.resolve(LiveReport.FILE))).contains("data-life=\"STILL\"");
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefusedBeforeTheRun() throws Exception {
    Path file = Files.createFile(folder.resolve("taken"));

    assertThatThrownBy(() -> LiveReport.into(file, RunRecorder.named("tickets")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot be written")
        .hasMessageContaining("Maybe");
  }

  @Test
  void aFolderThatGoesAwayCostsTheRunNothing() throws Exception {
    Path run = folder.resolve("run");
    RunRecorder recorder = RunRecorder.named("tickets");
    LiveReport live = LiveReport.into(run, recorder);
    Files.delete(run.resolve(RunRecord.FILE));
    Files.delete(run.resolve(LiveReport.FILE));
    Files.delete(run);
    Files.createFile(run);

    live.close();

    assertThat(recorder.finished().record().running()).isFalse();
  }

  @Test
  void servesWhatIsKnownNowAndTellsWhenThatChanges() throws Exception {
    AtomicReference<RunRecord> now = new AtomicReference<>(DemoRun.after(2));
    try (LiveReport live = serving(now)) {
      URI page = live.uri().orElseThrow();
      String first = get(page.resolve("changes")).body();
      assertThat(get(page.resolve("changes")).body()).isEqualTo(first);
      assertThat(get(page).body()).contains("data-life=\"SERVED\"").contains("2 of about");

      now.set(DemoRun.after(3));

      assertThat(get(page.resolve("changes")).body()).isNotEqualTo(first);
      assertThat(get(page).body()).contains("3 of about");
      assertThat(get(page).headers().firstValue("content-security-policy").orElseThrow())
          .contains("connect-src 'self'")
          .contains("frame-ancestors 'none'");
    }
  }

  @Test
  void whatCannotBeReadAnyMoreLeavesWhatWasKnown() throws Exception {
    AtomicReference<RunRecord> now = new AtomicReference<>(DemoRun.after(2));
    try (LiveReport live = serving(now)) {
      now.set(null);

      assertThat(get(live.uri().orElseThrow()).body()).contains("2 of about");
    }
  }

  @Test
  void isForThisMachineAndThoseWhoKnowTheAddressOnly() throws Exception {
    try (LiveReport live = serving(new AtomicReference<>(DemoRun.after(2)))) {
      URI page = live.uri().orElseThrow();
      assertThat(page.getHost()).isEqualTo("127.0.0.1");
      assertThat(get(page.resolve("/")).statusCode()).isEqualTo(404);
      assertThat(get(page.resolve("/record.json")).statusCode()).isEqualTo(404);
      assertThat(raw(page, "GET", "evil.example:" + page.getPort())).startsWith("HTTP/1.1 403");
      assertThat(raw(page, "GET", "127.0.0.1:" + page.getPort())).startsWith("HTTP/1.1 200");
      assertThat(raw(page, "GET", "localhost:" + page.getPort())).startsWith("HTTP/1.1 200");
      assertThat(raw(page, "DELETE", "127.0.0.1:" + page.getPort())).startsWith("HTTP/1.1 405");
    }
  }

  @Test
  void afterTheEndNothingAnswers() {
    LiveReport live = LiveReport.serving(RunRecorder.named("tickets"));
    URI page = live.uri().orElseThrow();

    live.close();
    live.close();

    assertThatThrownBy(() -> get(page)).isInstanceOf(IOException.class);
  }

  private static LiveReport serving(AtomicReference<RunRecord> now) {
    return LiveReport.serving(() -> List.of(now.get()), Duration.ZERO);
  }

  private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  /** What the server answers to a request as a foreign page would cause it. */
  private static String raw(URI page, String method, String host) throws IOException {
    try (var socket = new java.net.Socket(page.getHost(), page.getPort())) {
      String request =
          "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
              .formatted(method, page.getPath(), host);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }
  }
}
