package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.Predict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedModelTest {
  private static final String KEY = "sk-proj-abcdefghijklmnop1234567890";

  @TempDir Path folder;

  private final AtomicInteger count = new AtomicInteger();
  private final ScriptedModel real =
      ScriptedModel.replying(
              request ->
                  LmResponse.builder()
                      .parts(
                          List.of(
                              MessagePart.thinking("hm", "signed"),
                              MessagePart.text("reply " + count.incrementAndGet() + " " + KEY),
                              MessagePart.toolCall("c", "clock", "{\"zone\": \"é\"}")))
                      .stopReason(LmResponse.StopReason.TOOL_CALLS)
                      .usage(LmUsage.of(5, 2))
                      .modelId("real-1")
                      .build())
          .withId("real")
          .withCapabilities(Capabilities.builder().toolCalls(true).build());

  private static LmRequest ask(String text) {
    return LmRequest.of(LmMessage.user(text));
  }

  private Path file() {
    return folder.resolve("sub/recording.json");
  }

  @Test
  void answersAsItWasRecordedWithoutTheModel() {
    List<LmResponse> first;
    try (RecordedModel model = RecordedModel.of(file(), () -> real)) {
      first = List.of(model.call(ask("a")), model.call(ask("b")), model.call(ask("a")));
      assertThat(model.isRecording()).isTrue();
    }

    RecordedModel again = RecordedModel.of(file(), () -> ScriptedModel.inOrder());

    assertThat(again.isRecording()).isFalse();
    assertThat(List.of(again.call(ask("a")), again.call(ask("b")), again.call(ask("a"))))
        .isEqualTo(first);
    assertThat(again.call(ask("a"))).isEqualTo(first.get(2));
    assertThat(again.id()).isEqualTo("real");
    assertThat(again.capabilities()).isEqualTo(real.capabilities());
    assertThat(again).hasToString("RecordedModel[real, 3 replies of recording.json]");
  }

  @Test
  void keepsAllThatTheModelOffers() {
    Capabilities offered =
        Capabilities.builder()
            .jsonSchema(true)
            .images(true)
            .reasoning(true)
            .temperature(false)
            .logProbabilities(true)
            .contextTokens(128_000)
            .files("application/pdf", "audio/*")
            .build();
    try (RecordedModel model = RecordedModel.of(file(), () -> real.withCapabilities(offered))) {
      model.call(ask("a"));
    }

    assertThat(RecordedModel.replaying(file()).capabilities()).isEqualTo(offered);
  }

  @Test
  void takesWhatAnEarlierVersionDidNotWriteAsItIsByDefault() throws Exception {
    Path earlier =
        Files.writeString(
            folder.resolve("earlier.json"),
            """
            {"format": "hone-recorded-model", "version": 1, "model": "real",
             "capabilities": {"jsonSchema": false, "toolCalls": false, "images": true,
                              "reasoning": false},
             "replies": []}
            """);

    assertThat(RecordedModel.replaying(earlier).capabilities())
        .isEqualTo(Capabilities.builder().images(true).build());
  }

  record Report(MessagePart.File pdf) {}

  record Title(String title) {}

  @Test
  void aProgramWithAFileRunsByTheRecordingAsByTheModel() {
    Predict<Report, Title> title = Predict.of(Report.class, Title.class, "Read the title.");
    Report report = new Report(MessagePart.file(new byte[] {1, 2}, "application/pdf"));
    ScriptedModel reader =
        ScriptedModel.answering(r -> "[[ ## title ## ]]\nDubliners\n\n[[ ## completed ## ]]")
            .withCapabilities(Capabilities.builder().files("application/pdf").build());

    for (int run = 1; run <= 2; run++) {
      try (RecordedModel model = RecordedModel.of(file(), () -> reader)) {
        Context context = Context.builder().lm(model).build();
        assertThat(context.call(() -> title.run(report))).isEqualTo(new Title("Dubliners"));
        assertThat(model.isRecording()).isEqualTo(run == 1);
      }
    }
    assertThat(reader.calls()).isEqualTo(1);
  }

  @Test
  void writesNoSecretAndGivesTheRecordingRunTheSameText() throws Exception {
    LmResponse given;
    try (RecordedModel model = RecordedModel.of(file(), () -> real)) {
      given = model.call(ask("my key is " + KEY));
    }

    assertThat(Files.readString(file())).doesNotContain(KEY).contains("my key is");
    assertThat(given.text()).doesNotContain(KEY).startsWith("reply 1");
  }

  @Test
  void writesTheSameFileInWhateverOrderItIsAsked() throws Exception {
    ScriptedModel echo = ScriptedModel.answering(request -> request.messages().get(0).text());
    for (List<String> order : List.of(List.of("a", "b", "c"), List.of("c", "a", "b"))) {
      try (RecordedModel model =
          RecordedModel.of(folder.resolve(order.get(0) + ".json"), () -> echo)) {
        order.forEach(text -> model.call(ask(text)));
      }
    }

    assertThat(folder.resolve("a.json")).hasSameTextualContentAs(folder.resolve("c.json"));
  }

  @Test
  void recordsAtTheNextRunWhereNoCallWasAnswered() {
    ScriptedModel away =
        ScriptedModel.replying(
            request -> {
              throw new LmException.Unavailable("no network", null, null);
            });
    assertThatThrownBy(
            () -> {
              try (RecordedModel model = RecordedModel.of(file(), () -> away)) {
                model.call(ask("a"));
              }
            })
        .isInstanceOf(LmException.Unavailable.class);
    assertThat(file()).doesNotExist();

    try (RecordedModel model = RecordedModel.of(file(), () -> real)) {
      model.call(ask("a"));
    }

    assertThat(RecordedModel.replaying(file()).size()).isEqualTo(1);
  }

  @Test
  void writesTheRecordingOfATestThatMakesNoCall() {
    RecordedModel.of(file(), () -> real).close();

    assertThat(RecordedModel.replaying(file()).size()).isZero();
  }

  @Test
  void recordsWhatAReplyCostAndNotThatACacheHadIt() {
    LmPipeline cached = LmPipeline.builder(real).build();
    cached.call(ask("a"));
    LmResponse given;
    try (RecordedModel model = RecordedModel.of(file(), () -> cached)) {
      given = model.call(ask("a"));
    }

    assertThat(real.calls()).isEqualTo(1);
    assertThat(given.cached()).isFalse();
    assertThat(given.usage()).isEqualTo(LmUsage.of(5, 2));
    assertThat(RecordedModel.replaying(file()).call(ask("a"))).isEqualTo(given);
  }

  @Test
  void saysWhatWasNotRecorded() {
    try (RecordedModel model = RecordedModel.of(file(), () -> real)) {
      model.call(ask("a"));
    }

    assertThatThrownBy(() -> RecordedModel.replaying(file()).call(ask("another")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ends with: another")
        .hasMessageContaining("delete the file");
  }

  @Test
  void saysWhatIsNoRecording() throws Exception {
    Path other = Files.writeString(folder.resolve("x.json"), "{\"format\": \"other\"}");

    assertThatThrownBy(() -> RecordedModel.replaying(other))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("hone-recorded-model 1");
    assertThatThrownBy(() -> RecordedModel.replaying(folder.resolve("none.json")))
        .isInstanceOf(InvalidInputException.class);
    Files.writeString(other, "{\"format\": \"hone-recorded-model\", \"version\": 1}");
    assertThatThrownBy(() -> RecordedModel.replaying(other))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("capabilities");
    Files.writeString(
        other,
        """
        {"format": "hone-recorded-model", "version": 1, "model": "real", "replies": [],
         "capabilities": {"files": ["pdf"]}}
        """);
    assertThatThrownBy(() -> RecordedModel.replaying(other))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("\"capabilities\" is out of its range")
        .hasMessageContaining("x.json");
  }
}
