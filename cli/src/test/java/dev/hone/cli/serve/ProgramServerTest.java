package dev.hone.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.run.WordModel;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.program.DynamicPredict;
import dev.hone.signature.Signature;
import dev.hone.testkit.ScriptedModel;
import dev.hone.testkit.StreamedModel;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class ProgramServerTest {
  private static final Signature<ObjectNode, ObjectNode> SIGNATURE =
      Signature.parse(
          "text, words: Optional[int] -> topic: Literal[\"BILLING\", \"SHIPPING\"], sure: float",
          "Route.");

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private ProgramServer server;

  private void start(LanguageModel model, Optional<String> token, int requests) {
    LmPipeline lm = LmPipeline.builder(model).retry(RetrySettings.none()).build();
    Context context = Context.builder().lm(lm).build();
    var program =
        new ServedProgram("tickets", SIGNATURE, DynamicPredict.ofSignature(SIGNATURE), context);
    var limits = new ServerSettings.Limits(requests, 1000, 20);
    var settings = new ServerSettings(InetAddress.getLoopbackAddress(), 0, token, Set.of(), limits);
    server = ProgramServer.start(program, settings, log::add);
  }

  private void start(Function<LmRequest, String> answers) {
    start(ScriptedModel.answering(answers), Optional.empty(), 4);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  private HttpRequest.Builder post(String body) {
    return request("run")
        .header("Content-Type", "application/json; charset=utf-8")
        .POST(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> sent(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void sendsEventsWhileTheAnswerIsMade() throws Exception {
    start(WordModel::answer);

    HttpResponse<String> answer =
        sent(post("{\"text\": \"My invoice\"}").header("Accept", "text/event-stream"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(answer.body())
        .contains("event: value\ndata: {\"predictor\":\"self\",\"call\":1,\"field\":\"topic\"")
        .contains("event: answered\n")
        .endsWith("\n\n");
    String finished = answer.body().substring(answer.body().indexOf("event: finished"));
    HttpResponse<String> whole = sent(post("{\"text\": \"My invoice\"}"));
    assertThat(Json.parse(finished.replaceFirst("(?s).*data: ", "").strip()))
        .isEqualTo(Json.parse(whole.body()));
  }

  @Test
  void aFailureWithinEventsIsAnEventAndABadInputIsAStatus() throws Exception {
    start(
        request -> {
          throw new LmException.Unavailable("secret inside", null, null);
        });

    HttpResponse<String> failed =
        sent(post("{\"text\": \"x\"}").header("Accept", "text/event-stream"));
    HttpResponse<String> refused = sent(post("{}").header("Accept", "text/event-stream"));

    assertThat(failed.body())
        .isEqualTo("event: error\ndata: {\"error\":\"The model is not available\"}\n\n");
    assertThat(refused.statusCode()).isEqualTo(400);
  }

  @Test
  void aReplyThatBreaksOffAfterAPartOfItWasSentIsAnEvent() throws Exception {
    LmException down = new LmException.Unavailable("secret inside", null, null);
    start(
        StreamedModel.inPieces(5, ScriptedModel.answering(WordModel::answer))
            .breakingFirst(1, 46, () -> down),
        Optional.empty(),
        4);

    String events =
        sent(post("{\"text\": \"My invoice\"}").header("Accept", "Text/Event-Stream")).body();

    assertThat(events)
        .startsWith("event: value\n")
        .endsWith("event: error\ndata: {\"error\":\"The model's reply broke off\"}\n\n");
  }

  @Test
  void answersAnInputAndDescribesItself() throws Exception {
    start(WordModel::answer);

    HttpResponse<String> answer = sent(post("{\"text\": \"My invoice\"}"));
    JsonNode schema = Json.parse(sent(request("schema")).body());
    JsonNode api = Json.parse(sent(request("openapi.json")).body());
    HttpResponse<String> page = sent(request(""));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"topic\":\"BILLING\",\"sure\":0.5}\n");
    assertThat(schema.at("/input/required")).hasToString("[\"text\"]");
    assertThat(schema.at("/output/properties/topic/enum"))
        .hasToString("[\"BILLING\",\"SHIPPING\"]");
    assertThat(api.at("/paths/~1run/post/requestBody/content/application~1json/schema"))
        .isEqualTo(schema.get("input"));
    assertThat(page.body())
        .contains("<title>Hone</title>")
        .doesNotContain("{{", "http://", "https://");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .get()
        .asString()
        .startsWith("default-src 'none'");
    assertThat(sent(request("health")).body()).isEqualTo("{\"status\":\"up\"}\n");
    assertThat(log).first().asString().startsWith("POST /run 200, ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\": \"refused\"} | 422 | The model refused the content",
        "{\"text\": \"slow\"} | 504 | The model did not answer in time",
        "{\"text\": \"unpayable\"} | 503 | The budget of this server is spent",
        "{\"text\": \"garbled\"} | 502 | The model gave no answer that could be read",
        "{\"txt\": \"a\"} | 400 | there is no input txt (text?); text: the value is missing",
        "{\"text\": \"a\", \"words\": \"x\"} | 400 | words: found \\\"x\\\", expected",
        "[1] | 400 | The body is no JSON object with text, words",
        "{ | 400 | The body is no JSON: "
      })
  void saysWhatIsWrongAsJson(String body, int status, String problem) throws Exception {
    start(WordModel::answer);

    HttpResponse<String> reply = sent(post(body));

    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(reply.body()).startsWith("{\"error\":\"").contains(problem);
  }

  @Test
  void aModelThatIsAwayIsNoneOfTheCallersFaults() throws Exception {
    start(
        request -> {
          if (WordModel.answer(request).contains("BILLING")) {
            throw new LmException.RateLimited("key sk-secret is used up", null, null);
          }
          throw new LmException.Unavailable("http://inside:1234 is down", null, null);
        });

    HttpResponse<String> limited = sent(post("{\"text\": \"invoice\"}"));
    HttpResponse<String> away = sent(post("{\"text\": \"a\"}"));

    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("Retry-After")).isPresent();
    assertThat(away.statusCode()).isEqualTo(503);
    assertThat(limited.body() + away.body()).doesNotContain("secret", "inside");
  }

  @Test
  void refusesWhatItShouldNotRead() throws Exception {
    start(WordModel::answer);

    assertThat(sent(post("{\"text\": \"" + "a".repeat(1000) + "\"}")).statusCode()).isEqualTo(413);
    assertThat(sent(request("run").POST(BodyPublishers.ofString("{}"))).statusCode())
        .isEqualTo(415);
    assertThat(sent(request("run")).statusCode()).isEqualTo(405);
    assertThat(sent(request("other")).statusCode()).isEqualTo(404);
    assertThat(sent(post("{\"text\": \"a\"}").header("Origin", "http://evil.example")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void answersToItsOwnNamesOnly() throws Exception {
    start(WordModel::answer);

    assertThat(raw("GET /schema HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421 ");
    assertThat(raw("GET /health HTTP/1.1\r\nHost: 127.0.0.1:1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  private String raw(String request) throws IOException {
    int port = URI.create(server.url()).getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aTokenIsAskedForAndNeverShown() throws Exception {
    start(ScriptedModel.answering(WordModel::answer), Optional.of("sesame"), 4);

    HttpResponse<String> without = sent(post("{\"text\": \"a\"}"));
    HttpResponse<String> wrong = sent(post("{}").header("Authorization", "Bearer sesam"));
    HttpResponse<String> right =
        sent(post("{\"text\": \"a\"}").header("Authorization", "Bearer sesame"));

    assertThat(without.statusCode()).isEqualTo(401);
    assertThat(without.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(right.statusCode()).isEqualTo(200);
    assertThat(sent(request("schema")).statusCode()).isEqualTo(401);
    assertThat(sent(request("health")).statusCode()).isEqualTo(200);
    assertThat(without.body() + log + sent(request("")).body()).doesNotContain("sesame");
  }

  @Test
  void moreRequestsThanItTakesAreToldToWait() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    LanguageModel model =
        ScriptedModel.answering(
            request -> {
              asked.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                throw new LmException.Interrupted("ended", e);
              }
              return WordModel.answer(request);
            });
    start(model, Optional.empty(), 1);
    CompletableFuture<HttpResponse<String>> first =
        client.sendAsync(post("{\"text\": \"a\"}").build(), BodyHandlers.ofString());
    asked.await();

    HttpResponse<String> second = sent(post("{\"text\": \"b\"}"));
    goOn.countDown();

    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.headers().firstValue("Retry-After")).isPresent();
    assertThat(first.get().statusCode()).isEqualTo(200);
  }
}
