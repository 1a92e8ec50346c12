package dev.hone.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import dev.hone.json.Json;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.local.EmbeddedModel;
import dev.hone.testkit.OpenAiStubServer;
import dev.hone.testkit.ScriptedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What goes wrong at a model or a disk. */
class DemoFailureTest {
  private static final String SORRY = "I'm sorry, I can't help with that.";

  @TempDir Path folder;

  private final OpenAiStubServer server =
      new OpenAiStubServer(ScriptedModel.replying(this::answer));
  private volatile boolean blocked;
  private volatile boolean unreadable;

  @AfterEach
  void close() {
    server.close();
  }

  /** The embedded model's answer; if asked for, something gets into the artifact's way. */
  private LmResponse answer(LmRequest request) {
    if (unreadable) {
      return ScriptedModel.reply(request, SORRY);
    }
    if (blocked) {
      try {
        Files.createDirectories(artifact());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return EmbeddedModel.load().call(request);
  }

  private Path artifact() {
    return folder.resolve("a.json");
  }

  private Ran demo(String model, String... more) {
    String[] arguments = {
      "demo", "--task=support", "--artifact=" + artifact(), "--model=openai-compatible:" + model
    };
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return Ran.hone(all);
  }

  private String tiny() {
    return "tiny@" + server.baseUrl();
  }

  private static void assertFailed(Ran ran, String... words) {
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("hone: ").contains(words).doesNotContain("Exception");
  }

  @Test
  void printsTheResultsOfAProgramThatCannotBeSaved() {
    blocked = true;

    Ran ran = demo(tiny());

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).contains("| MIPROv2 light", "what won").doesNotContain("reloaded");
    assertThat(ran.err())
        .contains("hone: " + artifact() + ": the program cannot be saved here: it is a folder")
        .doesNotContain("Exception");
  }

  @Test
  void printsTheJsonOfAProgramThatCannotBeSaved() {
    blocked = true;

    Ran ran = demo(tiny(), "--json");

    JsonNode result = Json.parse(ran.out());
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(result.get("artifact").isNull()).isTrue();
    assertThat(result.get("reloadedTestScore").isNull()).isTrue();
    assertThat(result.get("error").stringValue()).contains("cannot be saved here");
    assertThat(result.get("miproV2").get("testScore").doubleValue()).isPositive();
  }

  @Test
  @Timeout(10)
  void saysAtOnceThatNothingListens() {
    String url = server.baseUrl();
    server.close();

    long start = System.nanoTime();
    Ran ran = demo("tiny@" + url, "--json");
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertFailed(ran, url, "connection refused", "Maybe the server is not running");
    assertThat(took).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void saysThatTheHostIsUnknown() {
    assertFailed(demo("tiny@http://no.such.invalid/v1"), "unknown host", "Maybe the URL has");
  }

  @Test
  void saysWhereTheKeyIsReadFromAndShowsNone() {
    server.requireApiKey("sk-secret-123456");

    Ran ran = demo(tiny());

    assertFailed(ran, server.baseUrl(), "status 401", "check the API key", "HONE_API_KEY");
    assertThat(ran.err()).doesNotContain("secret");
  }

  @Test
  void saysThatTheModelIsUnknown() {
    server.failNext(404, Map.of(), "{\"error\": {\"message\": \"model tiny not found\"}}");

    assertFailed(demo(tiny()), "model tiny not found", "Maybe check the model's name");
    assertThat(server.bodies()).hasSize(1);
  }

  @Test
  void stopsAtAModelWhoseRepliesCannotBeReadAndSaysWhatTheyHaveInCommon() {
    unreadable = true;

    Ran ran = demo(tiny());

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .contains("hone: None of the first 20 examples has a readable reply", SORRY, "Maybe ")
        .doesNotContain("Exception");
    assertThat(server.bodies().size()).isBetween(60, 1 + 3 * (20 + 16));
    assertThat(artifact()).doesNotExist();
  }

  @Test
  void saysThatTheAccountHasNoCredit() {
    server.failNext(402, Map.of(), "{\"error\": {\"message\": \"Insufficient Balance\"}}");

    assertFailed(demo(tiny()), "Insufficient Balance");
    assertThat(server.bodies()).hasSize(1);
  }

  @Test
  void goesOnWithAModelThatOnlyLimitsTheRate() {
    server.failNext(429, Map.of("retry-after-ms", "1"), "slow down");
    server.failNext(429, Map.of("retry-after-ms", "1"), "slow down");

    Ran ran = demo(tiny());

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.err()).contains("rate limit reached, retry 1 of 3 in 0.0 s");
  }

  @Test
  void countsNeitherTheProbeNorTheTestOfWhatWasSaved() {
    Ran ran = demo(tiny(), "--json");

    JsonNode result = Json.parse(ran.out());
    long counted =
        result.get("baseline").get("lmCalls").longValue()
            + result.get("bootstrapFewShot").get("lmCalls").longValue()
            + result.get("miproV2").get("lmCalls").longValue();
    assertThat(server.bodies()).hasSize((int) counted + 1);
  }
}
