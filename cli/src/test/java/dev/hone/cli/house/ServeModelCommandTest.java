package dev.hone.cli.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import dev.hone.modelserver.ModelServer;
import dev.hone.testkit.ScriptedModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ServeModelCommandTest {
  @Test
  void servesTheModelUntilItIsInterruptedAndSaysWhere() throws Exception {
    CompletableFuture<Ran> serving = new CompletableFuture<>();
    Thread command =
        new Thread(() -> serving.complete(Ran.hone("serve-model", "embedded", "--port", "0")));
    command.start();
    ModelServer server = awaitServer(serving);
    HttpResponse<String> models =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.baseUrl() + "/models")).build(),
                HttpResponse.BodyHandlers.ofString());
    command.interrupt();
    Ran served = serving.get();

    assertThat(models.body()).contains("embedded:minilm");
    assertThat(served.exitCode()).isZero();
    assertThat(served.out())
        .contains("embedded at http://127.0.0.1:", "POST /v1/messages", "next: hone demo --model");
  }

  private static ModelServer awaitServer(CompletableFuture<Ran> serving) {
    ModelServer server = ServeModelCommand.RUNNING.get();
    while (server == null && !serving.isDone()) {
      Thread.onSpinWait();
      server = ServeModelCommand.RUNNING.get();
    }
    assertThat(server).as("%s", serving.getNow(null)).isNotNull();
    return server;
  }

  @Test
  void saysWhatCannotBeServed() {
    try (ModelServer other = ModelServer.start(ScriptedModel.answering(request -> "x"))) {
      assertThat(Ran.hone("serve-model", "--port", "" + other.port()).err())
          .contains("another program has it; use port 0");
    }
    assertThat(Ran.hone("serve-model", "embeded").err()).contains("Maybe use embedded");
    assertThat(Ran.hone("serve-model", "--port", "70000").err())
        .contains("port (70000) is not in [0, 65535]");
    assertThat(Ran.hone("serve-model", "--refuse", "2").err()).contains("Maybe use 0.1");
    assertThat(Ran.hone("serve-model", "--delay-ms=-1").err()).contains("is negative");
  }
}
