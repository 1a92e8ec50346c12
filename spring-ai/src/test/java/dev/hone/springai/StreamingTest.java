package dev.hone.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ReplyListener;
import dev.hone.lm.ToolSpec;
import dev.hone.modelserver.ModelServer;
import dev.hone.modelserver.WireFault;
import dev.hone.testkit.ScriptedModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Replies that are told while they arrive, over both wire formats. */
class StreamingTest {
  private static final LmRequest REQUEST = LmRequest.of(LmMessage.user("Which day is it?"));
  private static final String TEXT = "It is “Monday” 😀, I think, or the day after Sunday.";

  private static LanguageModel model(String wire, ModelServer server) {
    return SpringAiModel.of(
        wire.equals("openai")
            ? ChatModels.openAi(server.baseUrl(), "m", "none")
            : ChatModels.anthropic(server.baseUrl(), "m", "none"),
        wire + ":m");
  }

  /** Notes all that it is told, and on which threads. */
  private static final class Notes implements ReplyListener {
    private final List<String> texts = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    @Override
    public void onText(String delta) {
      texts.add(delta);
      threads.add(Thread.currentThread());
    }

    @Override
    public void onToolCall(int index, String name, String delta) {
      calls.add(index + " " + name + " " + delta);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic"})
  void tellsThePiecesAndReturnsWhatACallReturns(String wire) {
    ScriptedModel script =
        ScriptedModel.replying(
            request ->
                LmResponse.builder()
                    .text(TEXT)
                    .stopReason(StopReason.LENGTH)
                    .usage(LmUsage.of(120, 40))
                    .modelId("m")
                    .build());
    try (ModelServer server = ModelServer.builder(script).pieceLength(4).start()) {
      Notes notes = new Notes();

      LmResponse streamed = model(wire, server).call(REQUEST, notes);
      LmResponse called = model(wire, server).call(REQUEST);

      assertThat(notes.texts).hasSizeGreaterThan(5);
      assertThat(String.join("", notes.texts)).isEqualTo(TEXT);
      assertThat(notes.threads).containsOnly(Thread.currentThread());
      assertThat(streamed.text()).isEqualTo(called.text()).isEqualTo(TEXT);
      assertThat(streamed.stopReason()).isEqualTo(called.stopReason()).isEqualTo(StopReason.LENGTH);
      assertThat(streamed.usage()).isEqualTo(called.usage()).isEqualTo(LmUsage.of(120, 40));
      assertThat(streamed.modelId()).isEqualTo(called.modelId());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic"})
  void tellsCallsOfTools(String wire) {
    ScriptedModel script =
        ScriptedModel.replying(
            request ->
                LmResponse.builder()
                    .parts(List.of(MessagePart.toolCall("c1", "clock", "{\"zone\":\"UTC\"}")))
                    .stopReason(StopReason.TOOL_CALLS)
                    .usage(LmUsage.of(10, 5))
                    .build());
    ToolSpec clock =
        ToolSpec.of("clock", "tells the time", (ObjectNode) Json.parse("{\"type\":\"object\"}"));
    try (ModelServer server = ModelServer.start(script)) {
      Notes notes = new Notes();

      LmResponse streamed =
          model(wire, server).call(REQUEST.toBuilder().tools(List.of(clock)).build(), notes);

      assertThat(streamed.parts())
          .contains(MessagePart.toolCall("c1", "clock", "{\"zone\":\"UTC\"}"));
      assertThat(streamed.stopReason()).isEqualTo(StopReason.TOOL_CALLS);
      assertThat(notes.calls).containsExactly("0 clock {\"zone\":\"UTC\"}");
    }
  }

  @Test
  void aModelWithoutStreamsTellsItsReplyInOnePiece() {
    FakeChatModel chat = new FakeChatModel(prompt -> TEXT);
    Notes notes = new Notes();

    LmResponse reply =
        SpringAiModel.of(prompt -> chat.call(prompt), "own:simple").call(REQUEST, notes);

    assertThat(reply.text()).isEqualTo(TEXT);
    assertThat(notes.texts).containsExactly(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic"})
  void whatTheListenerThrowsComesOutAsItIs(String wire) {
    try (ModelServer server = ModelServer.start(ScriptedModel.answering(request -> TEXT))) {
      assertThatThrownBy(
              () ->
                  model(wire, server)
                      .call(
                          REQUEST,
                          new ReplyListener() {
                            @Override
                            public void onText(String delta) {
                              throw new IllegalStateException("seen enough");
                            }
                          }))
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessage("seen enough");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic"})
  void aRefusedOrBrokenStreamIsATypedError(String wire) {
    ScriptedModel script = ScriptedModel.answering(request -> TEXT);
    for (WireFault fault : List.of(WireFault.status(429), WireFault.cutOff(), WireFault.half())) {
      try (ModelServer server = ModelServer.builder(script).faults(call -> fault).start()) {
        assertThatThrownBy(() -> model(wire, server).call(REQUEST, ReplyListener.NONE))
            .as("%s", fault)
            .isInstanceOf(LmException.Retriable.class);
      }
    }
  }
}
