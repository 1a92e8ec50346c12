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
        .containsPattern("openai-compatible:MODEL@URL +ready\\R")
        .containsPattern("ollama:MODEL +ready\\R")
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
