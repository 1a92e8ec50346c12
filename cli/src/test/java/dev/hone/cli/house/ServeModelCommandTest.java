package dev.hone.cli.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import dev.hone.modelserver.ModelServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeModelCommandTest {
  @TempDir Path folder;

  private Ran demo(String model, String artifact) {
    return Ran.hone(
        "demo", "--json", "--model", model, "--artifact", folder.resolve(artifact).toString());
  }

  /** What names the model, its address or the time is the only thing that may differ. */
  private static String facts(String text, String model) {
    return text.replace(model, "MODEL").replaceAll("\"[A-Za-z]*[sS]econds\" ?: ?[0-9.E-]+", "TIME");
  }

  @Test
  void givesTheDemoOverHttpTheSameBytesAsInTheProcess() throws Exception {
    Ran inside = demo("embedded", "inside.json");
    CompletableFuture<Ran> serving = new CompletableFuture<>();
    Thread command =
        new Thread(() -> serving.complete(Ran.hone("serve-model", "embedded", "--port", "0")));
    command.start();
    ModelServer server = awaitServer();
    String remote = "openai-compatible:embedded@" + server.baseUrl();
    Ran outside = demo(remote, "outside.json");
    command.interrupt();
    Ran served = serving.get();

    assertThat(server.calls()).isNotEmpty();
    assertThat(facts(outside.out(), remote)).isEqualTo(facts(inside.out(), "embedded"));
    assertThat(facts(Files.readString(folder.resolve("outside.json")), remote))
        .isEqualTo(facts(Files.readString(folder.resolve("inside.json")), "embedded"));
    assertThat(served.exitCode()).isZero();
    assertThat(served.out())
        .contains("embedded at http://127.0.0.1:", "POST /v1/messages", "next: hone demo --model");
  }

  private static ModelServer awaitServer() {
    ModelServer server = ServeModelCommand.RUNNING.get();
    while (server == null) {
      Thread.onSpinWait();
      server = ServeModelCommand.RUNNING.get();
    }
    return server;
  }

  @Test
  void saysWhatCannotBeServed() {
    assertThat(Ran.hone("serve-model", "embeded").err()).contains("Maybe use embedded");
    assertThat(Ran.hone("serve-model", "--port", "70000").err())
        .contains("port (70000) is not in [0, 65535]");
    assertThat(Ran.hone("serve-model", "--refuse", "2").err()).contains("Maybe use 0.1");
    assertThat(Ran.hone("serve-model", "--delay-ms=-1").err()).contains("is negative");
  }
}
