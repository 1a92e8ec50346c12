package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hone.InvalidInputException;
import dev.hone.langchain4j.anthropic.AnthropicModels;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ReplyListener;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F4: the limit on the time for a reply holds to its last byte. */
@Timeout(120)
class StalledReplyTest {
  private static final LmRequest REQUEST = LmRequest.of(LmMessage.user("hi"));
  private static final byte[] BODY =
      "{\"choices\": [{\"message\": {\"content\": \"whole\"}, \"finish_reason\": \"stop\"}]}"
          .getBytes(StandardCharsets.UTF_8);

  enum Stall {
    NOTHING,
    HEADERS,
    HALF_A_BODY,
    DRIP,
    ALL_BUT_ONE_BYTE
  }

  /** Stalls on the first requests, then answers. */
  private static RawServer server(Stall stall, int stalled) {
    return new RawServer(
        (number, out) -> {
          if (number > stalled) {
            RawServer.reply(out, "", BODY);
            return;
          }
          if (stall != Stall.NOTHING) {
            RawServer.headers(out, "", BODY.length);
          }
          int sent =
              switch (stall) {
                case HALF_A_BODY -> BODY.length / 2;
                case ALL_BUT_ONE_BYTE -> BODY.length - 1;
                default -> 0;
              };
          out.write(BODY, 0, sent);
          out.flush();
          while (stall == Stall.DRIP) {
            out.write(' ');
            out.flush();
            Thread.sleep(20);
          }
          Thread.sleep(60_000);
        });
  }

  private static LangChain4jModel model(RawServer server, Duration timeout) {
    return OpenAiModels.openAiCompatible("tiny", server.baseUrl(), null, timeout);
  }

  @ParameterizedTest
  @EnumSource(Stall.class)
  void timesOutWhereverAReplyStalls(Stall stall) {
    try (RawServer server = server(stall, 99)) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> model(server, Duration.ofMillis(300)).call(REQUEST))
          .isInstanceOf(LmException.TimedOut.class)
          .hasMessageContaining("did not answer in time");

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }
  }

  @Test
  void isTriedAgain() {
    try (RawServer server = server(Stall.HEADERS, 2)) {
      LmPipeline pipeline =
          LmPipeline.builder(model(server, Duration.ofSeconds(2)))
              .retry(
                  RetrySettings.defaults().withDelays(Duration.ofMillis(1), Duration.ofMillis(1)))
              .build();

      assertThat(pipeline.call(REQUEST).text()).isEqualTo("whole");
      assertThat(server.requests()).isEqualTo(3);
    }
  }

  @Test
  void endsWithAnInterruptToo() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            (number, out) -> {
              RawServer.headers(out, "", 100);
              asked.countDown();
              Thread.sleep(60_000);
            })) {
      FutureTask<Boolean> call =
          new FutureTask<>(
              () -> {
                assertThatThrownBy(() -> model(server, Duration.ofMinutes(1)).call(REQUEST))
                    .isInstanceOf(LmException.Interrupted.class);
                return Thread.currentThread().isInterrupted();
              });
      Thread thread = new Thread(call);
      thread.start();
      asked.await();
      thread.interrupt();

      assertThat(call.get()).isTrue();
    }
  }

  private static final String EVENT =
      "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"whole\"}%s}]}\n\n";

  private static byte[] events(String finish) {
    return EVENT.formatted(finish).getBytes(StandardCharsets.UTF_8);
  }

  /** Begins a streamed reply, and says no more. */
  private static RawServer stallingStream(String status) {
    return new RawServer(
        (number, out) -> {
          out.write(
              "HTTP/1.1 %s\r\nContent-Type: text/event-stream\r\nContent-Length: 9999\r\n\r\n"
                  .formatted(status)
                  .getBytes(StandardCharsets.UTF_8));
          out.write(events(""));
          out.flush();
          Thread.sleep(60_000);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"200 OK", "503 Busy"})
  void aStreamThatStallsTimesOut(String status) {
    try (RawServer server = stallingStream(status)) {
      long start = System.nanoTime();
      StringBuilder told = new StringBuilder();

      assertThatThrownBy(
              () -> model(server, Duration.ofMillis(500)).call(REQUEST, telling(told::append)))
          .isInstanceOf(LmException.TimedOut.class);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
      assertThat(told).hasToString(status.startsWith("200") ? "whole" : "");
    }
  }

  @Test
  void anInterruptEndsAStreamThatStalls() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    try (RawServer server = stallingStream("200 OK")) {
      FutureTask<Boolean> call =
          new FutureTask<>(
              () -> {
                assertThatThrownBy(
                        () ->
                            model(server, Duration.ofMinutes(1))
                                .call(REQUEST, telling(delta -> told.countDown())))
                    .isInstanceOf(LmException.Interrupted.class);
                return Thread.currentThread().isInterrupted();
              });
      Thread thread = new Thread(call);
      thread.start();
      told.await();
      while (thread.getState() == Thread.State.RUNNABLE) {
        Thread.onSpinWait();
      }
      thread.interrupt();

      assertThat(call.get(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void readsAStreamThatAProxyCompressed() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(events(",\"finish_reason\":\"stop\""));
      gzip.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    }
    StringBuilder told = new StringBuilder();
    String type = "Content-Type: text/event-stream\r\nContent-Encoding: gzip\r\n";
    try (RawServer server =
        new RawServer((number, out) -> RawServer.reply(out, type, packed.toByteArray()))) {
      String text =
          model(server, Duration.ofSeconds(20)).call(REQUEST, telling(told::append)).text();

      assertThat(text).isEqualTo("whole");
      assertThat(told).hasToString("whole");
    }
  }

  @Test
  void aStreamOfMessagesThatEndsBeforeItSaysSoIsBroken() {
    String events =
        """
        event: message_start
        data: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant",\
        "content":[],"model":"x","stop_reason":null,"usage":{"input_tokens":1,"output_tokens":1}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"whole"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}

        """;
    byte[] body = events.getBytes(StandardCharsets.UTF_8);
    StringBuilder told = new StringBuilder();
    try (RawServer server =
        new RawServer(
            (number, out) -> RawServer.reply(out, "Content-Type: text/event-stream\r\n", body))) {
      LanguageModel model = AnthropicModels.of("claude-haiku-4-5", "key", server.baseUrl());

      assertTimeoutPreemptively(
          Duration.ofSeconds(60),
          () ->
              assertThatThrownBy(() -> model.call(REQUEST, telling(told::append)))
                  .isInstanceOf(LmException.Retriable.class));
      assertThat(told).hasToString("whole");
    }
  }

  private static ReplyListener telling(Consumer<String> texts) {
    return new ReplyListener() {
      @Override
      public void onText(String delta) {
        texts.accept(delta);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void takesNoTimeoutThatIsNotAboveZero(String timeout) {
    assertThatThrownBy(
            () ->
                OpenAiModels.openAiCompatible(
                    "tiny", "http://localhost:1/v1", null, Duration.parse(timeout)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("replyTimeout (" + timeout + ") is not above 0");
  }

  /** S2: each client of the JDK has threads of its own. */
  @Test
  void aModelPerRequestSharesItsThreads() {
    try (RawServer server = server(Stall.NOTHING, 0)) {
      model(server, Duration.ofSeconds(30)).call(REQUEST);
      long before = clientThreads();

      for (int i = 0; i < 100; i++) {
        OpenAiModels.openAiCompatible("tiny", server.baseUrl(), "key-" + i).call(REQUEST);
      }

      assertThat(clientThreads() - before).isLessThan(20);
    }
  }

  private static long clientThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("HttpClient"))
        .count();
  }
}
