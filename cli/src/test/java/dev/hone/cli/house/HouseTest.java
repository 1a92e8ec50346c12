package dev.hone.cli.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import dev.hone.json.Json;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.sqlite.SqliteCache;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class HouseTest {
  @TempDir private Path folder;

  @Test
  void saysWhichModelsAreReadyAndWhatTheOthersNeed() {
    Ran ran = Ran.hone("models", "--prices");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("embedded", "ready", "openai:MODEL", "OPENAI_API_KEY", "$");
    assertThat(Json.parse(Ran.hone("models", "--json").out()).path("models").get(0).path("name"))
        .hasToString("\"embedded\"");
  }

  @Test
  void saysWhatIsMissingAndHowToGetItAndNeverAValue() {
    Map<String, String> environment =
        Map.of("ANTHROPIC_API_KEY", "sk-hunter2", "HONE_API_KEY", " ");
    StringWriter text = new StringWriter();
    StringWriter json = new StringWriter();
    new CommandLine(new ModelsCommand(environment)).setOut(new PrintWriter(text)).execute("-q");
    new CommandLine(new ModelsCommand(environment))
        .setOut(new PrintWriter(json))
        .execute("-q", "--json");

    assertThat(text.toString())
        .containsPattern("anthropic:MODEL +ready; set: ANTHROPIC_API_KEY")
        .containsPattern("openai:MODEL +needs OPENAI_API_KEY")
        .containsPattern("openai-compatible:MODEL@URL +needs no key; its server is not asked")
        .containsPattern("ollama:MODEL +needs no key; its server is not asked\\R")
        .contains("Models of OpenAI. Maybe ")
        .doesNotContain("hunter2");
    for (JsonNode model : Json.parse(json.toString()).path("models")) {
      boolean lacks = false;
      for (JsonNode variable : model.path("variables")) {
        lacks |= variable.path("required").asBoolean() && !variable.path("set").asBoolean();
      }
      assertThat(model.path("ready").asBoolean()).as(model.toString()).isEqualTo(!lacks);
    }
    assertThat(json.toString()).contains("azure-openai").doesNotContain("hunter2");
  }

  @Test
  void saysWhatOneModelOffersAndCosts() {
    assertThat(models("openai:gpt-4o-mini"))
        .contains(
            "openai:gpt-4o-mini: ready",
            "offers   texts, JSON schemas, tools, images, temperature, log probabilities,"
                + " application/pdf",
            "lacks    its thoughts",
            "context  128,000 tokens",
            "price    $0.15 in")
        .doesNotContain("hunter2");
    assertThat(models("anthropic/claude-haiku-4-5")).contains("needs ANTHROPIC_API_KEY");
    assertThat(models("openai:o3")).containsPattern("lacks .*temperature");
    assertThat(models("embedded"))
        .contains("embedded: ready", "lacks ", "files", "price    free of charge");
    assertThat(models("openai-compatible:m@http://localhost:1/v1"))
        .contains("needs no key; its server is not asked", "price    not known");
    assertThat(models("--prices"))
        .containsPattern("embedded:\\S+ +free of charge")
        .contains("$1 in, $0.1 in from the cache, $5 out");
    JsonNode json = Json.parse(models("gemini:gemini-2.5-flash", "--json"));
    assertThat(json.path("offers").path("files")).hasSize(3);
    assertThat(json.path("offers").path("contextTokens").asInt(0)).isEqualTo(1_048_576);
    assertThat(json.path("needs").path(0).asString("")).isEqualTo("GEMINI_API_KEY");
    assertThat(Ran.hone("models", "opnai:x"))
        .satisfies(
            ran -> {
              assertThat(ran.exitCode()).isEqualTo(2);
              assertThat(ran.err()).contains("Maybe use openai:x");
            });
    assertThat(Ran.hone("models", "bedrock:anthropic.claude-haiku-4-5"))
        .satisfies(
            ran -> {
              assertThat(ran.exitCode()).isEqualTo(2);
              assertThat(ran.err()).contains("BedrockChatModel");
            });
  }

  private static String models(String... arguments) {
    StringWriter text = new StringWriter();
    new CommandLine(new ModelsCommand(Map.of("OPENAI_API_KEY", "sk-hunter2")))
        .setOut(new PrintWriter(text))
        .execute(Stream.concat(Stream.of("-q"), Stream.of(arguments)).toArray(String[]::new));
    return text.toString();
  }

  @Test
  void countsExportsAndClearsReplies() {
    Path file = folder.resolve("replies.db");
    Path lines = folder.resolve("replies.jsonl");
    assertThat(cache(file).out()).contains("There is no cache yet");
    try (SqliteCache cache = SqliteCache.open(file)) {
      cache.put("a", LmResponse.of("hi", LmUsage.NONE, "m"));
      cache.put("b", LmResponse.of("ho", LmUsage.NONE, "m"));
    }

    assertThat(cache(file).out()).startsWith("2 replies, ");
    assertThat(cache(file, "export", lines.toString()).out()).contains("2 replies written to");
    assertThat(lines).content().hasLineCount(2);
    assertThat(cache(file, "clear").out()).contains("2 replies removed");
    assertThat(cache(file).out()).startsWith("0 replies");
  }

  private static Ran cache(Path file, String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "cache";
    all[1] = "--cache=" + file;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return Ran.hone(all);
  }

  @Test
  void guessesWhatIsToBeDoneWithTheCache() {
    Ran ran = Ran.hone("cache", "claer");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("(claer) is not one of show, export, clear. Maybe use clear.");
  }

  @Test
  void completesEveryCommand() {
    String script = Ran.hone("completion", "bash").out();

    assertThat(script).contains("optimize", "compare", "verify", "--max-calls", "complete -F");
    assertThat(Ran.hone("completion", "zsh").out()).contains("bashcompinit", "complete -F");
  }
}
