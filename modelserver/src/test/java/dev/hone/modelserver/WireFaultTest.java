package dev.hone.modelserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class WireFaultTest {
  private static final String BODY =
      "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}";
  private static final String STREAM = BODY.replace("{\"model\"", "{\"stream\": true, \"model\"");

  private final FixedModel model =
      new FixedModel(LmResponse.of("hello, whoever you may be", LmUsage.of(1, 1), "fixed"));

  private ModelServer server(WireFault fault) {
    return ModelServer.builder(model).faults(FaultPlan.first(1, fault)).start();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503, 529})
  void refusesOnceAndThenAnswers(int status) throws IOException {
    try (ModelServer server =
        server(WireFault.status(status).retryAfter(Duration.ofMillis(1_500)))) {
      WireClient client = new WireClient(server);

      HttpResponse<String> refusal = client.send("/chat/completions", BODY);
      HttpResponse<String> answer = client.send("/chat/completions", BODY);

      assertThat(refusal.statusCode()).isEqualTo(status);
      assertThat(refusal.headers().firstValue("Retry-After")).contains("2");
      assertThat(Json.parse(refusal.body()).has("error")).isTrue();
      assertThat(answer.body()).contains("hello");
      assertThat(model.requests).hasSize(1);
      assertThat(server.calls()).extracting(ReceivedCall::attempt).containsExactly(1, 2);
    }
  }

  @Test
  void keepsNoCallsIfItIsToldNotTo() throws IOException {
    try (ModelServer server = ModelServer.builder(model).keepNoCalls().start()) {
      assertThat(new WireClient(server).send("/chat/completions", BODY).body()).contains("hello");
      assertThat(model.requests).hasSize(1);
      assertThat(server.calls()).isEmpty();
    }
  }

  @Test
  void refusesAsABadRequestAndNotForItsLength() throws IOException {
    try (ModelServer server = server(WireFault.status(400))) {
      HttpResponse<String> refusal = new WireClient(server).send("/chat/completions", BODY);

      assertThat(refusal.statusCode()).isEqualTo(400);
      assertThat(Json.parse(refusal.body()).path("error").path("code").stringValue())
          .isEqualTo("invalid_request");
    }
  }

  @Test
  void sendsWhatIsNoCompletion() throws IOException {
    try (ModelServer broken = server(WireFault.brokenJson());
        ModelServer empty = server(WireFault.emptyBody());
        ModelServer page = server(WireFault.wrongContentType());
        ModelServer other = server(WireFault.wrongModel())) {
      assertThatThrownBy(() -> new WireClient(broken).post("/chat/completions", BODY))
          .isInstanceOf(JacksonException.class);
      assertThat(new WireClient(empty).send("/chat/completions", BODY).body()).isEmpty();
      assertThat(new WireClient(page).send("/chat/completions", BODY).headers().map())
          .containsEntry("content-type", List.of("text/html"));
      assertThat(new WireClient(other).send("/chat/completions", BODY).body())
          .contains("another-model");
    }
  }

  @Test
  void endsTheConnectionBeforeInTheMiddleOfABodyAndOfAStream() {
    try (ModelServer cut = server(WireFault.cutOff());
        ModelServer half = server(WireFault.half());
        ModelServer halfStream = server(WireFault.half())) {
      assertThatThrownBy(() -> new WireClient(cut).send("/chat/completions", BODY))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> new WireClient(half).send("/chat/completions", BODY))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> new WireClient(halfStream).send("/chat/completions", STREAM))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void tellsTheClientWhichAssertionOfItsModelFailed() throws IOException {
    LanguageModel over =
        new ForwardingLanguageModel(model) {
          @Override
          public LmResponse call(LmRequest request) {
            throw new AssertionError("The script has 1 replies");
          }
        };
    try (ModelServer server = ModelServer.start(over)) {
      HttpResponse<String> answer = new WireClient(server).send("/chat/completions", BODY);

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("The script has 1 replies");
    }
  }

  @Test
  void failsAShareOfTheAttemptsTheSameOnesInEveryOrder() {
    FaultPlan plan = FaultPlan.share(0.2, 7, WireFault.status(429), WireFault.status(500));

    long faults = 0;
    for (int i = 0; i < 1_000; i++) {
      WireFault first = plan.of(call("question " + i));
      assertThat(plan.of(call("question " + i))).isSameAs(first);
      faults += first == WireFault.none() ? 0 : 1;
    }

    assertThat(faults).isBetween(150L, 250L);
  }

  private static ReceivedCall call(String text) {
    return new ReceivedCall(1, 1, "/v1/responses", Json.object().put("input", text), "");
  }

  @Test
  void refusesMoreThanItServesAtOnce() throws Exception {
    Thread first;
    try (ModelServer server =
        ModelServer.builder(model).maxAtOnce(1).delay(Duration.ofSeconds(30)).start()) {
      WireClient client = new WireClient(server);
      first = new Thread(() -> ignoringTheEnd(client));
      first.start();
      while (server.calls().isEmpty()) {
        Thread.onSpinWait();
      }

      assertThat(client.send("/chat/completions", BODY).statusCode()).isEqualTo(429);
      assertThat(server.refused()).isEqualTo(1);
    }
    first.join();
  }

  @Test
  @Timeout(60)
  void whoLeavesWhileBeingRefusedTakesNoPlaceWithIt() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    LanguageModel holding =
        new ForwardingLanguageModel(model) {
          @Override
          public LmResponse call(LmRequest request) {
            try {
              held.await();
            } catch (InterruptedException e) {
              throw new LmException.Interrupted("stopped", e);
            }
            return super.call(request);
          }
        };
    try (ModelServer server = ModelServer.builder(holding).maxAtOnce(1).start()) {
      WireClient client = new WireClient(server);
      Thread first = new Thread(() -> ignoringTheEnd(client));
      first.start();
      while (server.calls().isEmpty()) {
        Thread.sleep(1);
      }
      try (Socket half = new Socket("127.0.0.1", server.port())) {
        half.getOutputStream()
            .write(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
                    .getBytes(StandardCharsets.US_ASCII));
        while (server.refused() == 0) {
          Thread.sleep(1);
        }
      }
      held.countDown();
      first.join();

      while (client.send("/chat/completions", BODY).statusCode() != 200) {
        Thread.sleep(10);
      }
    }
  }

  private static void ignoringTheEnd(WireClient client) {
    try {
      client.send("/chat/completions", BODY);
    } catch (IOException e) {
      // the server is closed while it takes its time
    }
  }

  @Test
  void saysWhatASettingLacks() {
    assertThatThrownBy(() -> WireFault.status(200))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Maybe use 429");
    assertThatThrownBy(() -> ModelServer.builder(model).port(-1)).hasMessageContaining("port (-1)");
    try (ModelServer server = ModelServer.start(model)) {
      assertThatThrownBy(() -> ModelServer.builder(model).port(server.port()).start())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("another program has it");
    }
  }
}
