package dev.hone.springboot.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.lm.LanguageModel;
import dev.hone.program.Predict;
import dev.hone.program.PredictorState;
import dev.hone.program.ProgramState;
import dev.hone.springboot.LivePrograms;
import dev.hone.springboot.example.TicketApplication.Route;
import dev.hone.springboot.example.TicketApplication.Ticket;
import dev.hone.testkit.ScriptedModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts the application and asks it over HTTP. */
class TicketApplicationTest {
  private static final String KEY = "sk-live-0123456789abcdefghij";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;
  private Path file;
  private ConfigurableApplicationContext application;

  /** A model that answers by what the instructions say. */
  @Configuration(proxyBeanMethods = false)
  static class Model {
    @Bean
    LanguageModel scripted() {
      return ScriptedModel.answering(
          request -> {
            String team = request.toText().contains("Prefer delivery") ? "DELIVERY" : "BILLING";
            return "[[ ## team ## ]]\n" + team + "\n\n[[ ## completed ## ]]";
          });
    }
  }

  @BeforeEach
  void start() {
    file = folder.resolve("route.json");
    save("Prefer billing.");
    application =
        new SpringApplicationBuilder(TicketApplication.class, Model.class)
            .web(WebApplicationType.SERVLET)
            .run(
                "--server.port=0",
                "--hone.programs.route.file=" + file,
                "--hone.reload-interval=0",
                "--OPENAI_API_KEY=" + KEY,
                "--spring.main.banner-mode=off",
                "--logging.level.root=warn");
  }

  @AfterEach
  void stop() {
    application.close();
  }

  private void save(String instructions) {
    Compiled.of(
            Predict.of(Ticket.class, Route.class),
            new ProgramState(Map.of("self", new PredictorState(instructions, List.of()))),
            Provenance.none())
        .save(file);
  }

  private String asked(HttpRequest.Builder request) throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString()).body();
  }

  private HttpRequest.Builder at(String path) {
    String port = application.getEnvironment().getProperty("local.server.port");
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
  }

  private String ticket(String text) throws IOException, InterruptedException {
    return asked(
        at("/tickets")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"" + text + "\"}")));
  }

  @Test
  void answersTakesANewProgramAndTellsHowItIs() throws IOException, InterruptedException {
    assertThat(ticket("Where is it?")).isEqualTo("{\"team\":\"BILLING\"}");

    save("Prefer delivery.");
    application.getBean(LivePrograms.class).reload();
    assertThat(ticket("Where is it?")).isEqualTo("{\"team\":\"DELIVERY\"}");

    Files.writeString(file, "{");
    application.getBean(LivePrograms.class).reload();
    assertThat(ticket("And now?")).isEqualTo("{\"team\":\"DELIVERY\"}");

    assertThat(asked(at("/actuator/health")))
        .contains("\"hone\":{", "\"status\":\"DEGRADED\"", "\"route\":{", "\"problem\":");
    assertThat(asked(at("/actuator/metrics/hone.run"))).contains("\"COUNT\",\"value\":3.0");
    assertThat(asked(at("/actuator/metrics/hone.call"))).contains("gen_ai.request.model");
    assertThat(asked(at("/actuator/metrics/hone.tokens"))).contains("gen_ai.token.type");
  }

  @Test
  void showsNoKey() throws IOException, InterruptedException {
    assertThat(asked(at("/actuator/configprops/hone"))).contains("maxInFlight").doesNotContain(KEY);
    assertThat(asked(at("/actuator/env"))).contains("OPENAI_API_KEY").doesNotContain(KEY);
    assertThat(application.getBean(dev.hone.context.Context.class).toString()).doesNotContain(KEY);
  }
}
