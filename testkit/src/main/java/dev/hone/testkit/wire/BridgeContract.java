package dev.hone.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import dev.hone.modelserver.FaultPlan;
import dev.hone.modelserver.ModelServer;
import dev.hone.modelserver.WireFault;
import dev.hone.testkit.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tests that every bridge must pass: a model that speaks the wire format of a provider. It is
 * pointed at a loopback server that answers by a script and misbehaves; extend it in the tests of a
 * bridge. Needs no network beyond loopback and no key.
 */
public abstract class BridgeContract {
  private static final LmRequest REQUEST =
      LmRequest.of(LmMessage.system("Be brief."), LmMessage.user("Which day is it?"));

  private static final ToolSpec CLOCK =
      ToolSpec.of(
          "clock",
          "tells the time",
          (ObjectNode)
              Json.parse(
                  "{\"type\":\"object\",\"properties\":{\"zone\":{\"type\":\"string\"}},"
                      + "\"required\":[\"zone\"],\"additionalProperties\":false}"));

  /** Makes the contract; for subclasses. */
  protected BridgeContract() {}

  /** The bridge under test, which asks this server. */
  protected abstract LanguageModel model(ModelServer server);

  /** The credential that the bridge sends, if it does; default: none. */
  protected String credential() {
    return "";
  }

  /** Whether the bridge streams; default: it does. */
  protected boolean streams() {
    return true;
  }

  private LmResponse answer(LmResponse scripted, LmRequest request) {
    ScriptedModel script = ScriptedModel.replying(asked -> scripted);
    try (ModelServer server = ModelServer.start(script)) {
      return model(server).call(request);
    }
  }

  private LmException failure(WireFault fault) {
    ScriptedModel script = ScriptedModel.answering(asked -> "a reply that nobody gets to see");
    FaultPlan always = call -> fault;
    try (ModelServer server = ModelServer.builder(script).faults(always).start()) {
      Throwable error = catchThrowable(() -> model(server).call(REQUEST));
      assertThat(error).as("what %s ends with", fault).isInstanceOf(LmException.class);
      assertThat(server.calls()).as("attempts of a bridge, which does not retry").hasSize(1);
      return (LmException) error;
    }
  }

  @Test
  void carriesTheConversationAndTheText() {
    ScriptedModel script = ScriptedModel.answering(asked -> "“Monday” 😀,\n\nI think");
    LmRequest request =
        LmRequest.of(
            LmMessage.system("Be brief."),
            LmMessage.user("Which day is it?"),
            LmMessage.assistant("Sunday."),
            LmMessage.user("Are you sure?"));
    try (ModelServer server = ModelServer.start(script)) {
      LmResponse reply = model(server).call(request);

      assertThat(reply.text()).isEqualTo("“Monday” 😀,\n\nI think");
      assertThat(reply.stopReason()).isEqualTo(StopReason.STOP);
      assertThat(script.requests().get(0).messages()).isEqualTo(request.messages());
    }
  }

  @Test
  void carriesTheUsageAndTheEndByTheLimit() {
    LmUsage usage = LmUsage.of(120, 40).toBuilder().cachedPromptTokens(100).build();
    LmResponse cut =
        LmResponse.builder().text("It is Mon").stopReason(StopReason.LENGTH).usage(usage).build();

    LmResponse reply = answer(cut, REQUEST);

    assertThat(reply.stopReason()).isEqualTo(StopReason.LENGTH);
    assertThat(reply.usage().promptTokens()).isEqualTo(120);
    assertThat(reply.usage().completionTokens()).isEqualTo(40);
    assertThat(reply.usage().cachedPromptTokens()).isEqualTo(100);
  }

  @Test
  void carriesToolCallsAndTheirResults() {
    ScriptedModel script =
        ScriptedModel.replying(
            asked -> {
              if (asked.messages().size() > 2) {
                return ScriptedModel.reply(asked, "It is noon.");
              }
              return LmResponse.builder()
                  .parts(List.of(MessagePart.toolCall("call_1", "clock", "{\"zone\":\"UTC\"}")))
                  .stopReason(StopReason.TOOL_CALLS)
                  .usage(LmUsage.of(10, 5))
                  .build();
            });
    try (ModelServer server = ModelServer.start(script)) {
      LanguageModel model = model(server);
      LmRequest first = REQUEST.toBuilder().tools(List.of(CLOCK)).build();
      LmResponse call = model.call(first);
      LmResponse end =
          model.call(
              first.toBuilder()
                  .message(call.toMessage())
                  .message(
                      LmMessage.tool(MessagePart.toolResult("call_1", "clock", "12:00", false)))
                  .build());

      assertThat(call.stopReason()).isEqualTo(StopReason.TOOL_CALLS);
      assertThat(calls(call)).containsExactly("call_1 clock {\"zone\":\"UTC\"}");
      assertThat(end.text()).isEqualTo("It is noon.");
      assertThat(script.requests().get(1).messages().get(3))
          .isEqualTo(LmMessage.tool(MessagePart.toolResult("call_1", "clock", "12:00", false)));
    }
  }

  /** Where arguments are sent as an object, nothing says with which white space it was written. */
  private static List<String> calls(LmResponse reply) {
    return reply.parts().stream()
        .filter(MessagePart.ToolCall.class::isInstance)
        .map(MessagePart.ToolCall.class::cast)
        .map(
            call ->
                "%s %s %s"
                    .formatted(call.id(), call.name(), Json.write(Json.parse(call.arguments()))))
        .toList();
  }

  @Test
  void saysWhatToWaitForAndWhatIsGone() {
    LmException busy = failure(WireFault.status(429).retryAfter(Duration.ofSeconds(7)));

    assertThat(busy).isInstanceOf(LmException.RateLimited.class);
    assertThat(((LmException.Retriable) busy).retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(failure(WireFault.status(500))).isInstanceOf(LmException.Unavailable.class);
    assertThat(failure(WireFault.status(503))).isInstanceOf(LmException.Unavailable.class);
    assertThat(failure(WireFault.status(401))).isInstanceOf(LmException.Unauthorized.class);
    assertThat(failure(WireFault.status(404))).isInstanceOf(LmException.InvalidRequest.class);
  }

  @Test
  void endsABrokenConnectionAsSomethingToTryAgain() {
    assertThat(failure(WireFault.cutOff())).isInstanceOf(LmException.Retriable.class);
    assertThat(failure(WireFault.half())).isInstanceOf(LmException.Retriable.class);
  }

  @Test
  void endsWhatIsNoReplyAsATypedError() {
    for (WireFault fault :
        List.of(WireFault.brokenJson(), WireFault.emptyBody(), WireFault.wrongContentType())) {
      assertThat(failure(fault)).isNotInstanceOf(LmException.ProviderFailed.class);
    }
  }

  @Test
  void tellsTheTextWhileItArrives() {
    String said = "“Monday” 😀,\n\nI think, but ask somebody else.";
    LmUsage usage = LmUsage.of(12, 9);
    LmResponse scripted = LmResponse.builder().text(said).usage(usage).build();
    ToldParts told = new ToldParts();
    try (ModelServer server = ModelServer.start(ScriptedModel.replying(asked -> scripted))) {
      LmResponse reply = model(server).call(REQUEST, told);

      assertThat(reply.text()).isEqualTo(said);
      assertThat(reply.stopReason()).isEqualTo(StopReason.STOP);
      assertThat(reply.usage().promptTokens()).isEqualTo(12);
      assertThat(reply.usage().completionTokens()).isEqualTo(9);
      assertThat(told.text).hasToString(said);
      assertThat(told.threads).containsExactly(Thread.currentThread());
      assertThat(server.calls()).hasSize(1);
      if (streams()) {
        assertThat(told.pieces).isGreaterThan(1);
        assertThat(server.calls().get(0).isStream()).isTrue();
      }
    }
  }

  @Test
  void tellsTheArgumentsOfCalls() {
    String arguments = "{\"zone\":\"UTC\"}";
    LmResponse scripted =
        LmResponse.builder()
            .parts(List.of(MessagePart.toolCall("call_1", "clock", arguments)))
            .stopReason(StopReason.TOOL_CALLS)
            .usage(LmUsage.of(10, 5))
            .build();
    ToldParts told = new ToldParts();
    try (ModelServer server = ModelServer.start(ScriptedModel.replying(asked -> scripted))) {
      LmResponse reply =
          model(server).call(REQUEST.toBuilder().tools(List.of(CLOCK)).build(), told);

      assertThat(reply.stopReason()).isEqualTo(StopReason.TOOL_CALLS);
      assertThat(reply.parts()).contains(MessagePart.toolCall("call_1", "clock", arguments));
      assertThat(told.arguments).hasToString(arguments);
    }
  }

  @Test
  void aStreamThatBreaksIsATypedErrorAndNeverAReply() {
    ScriptedModel script =
        ScriptedModel.answering(asked -> "a reply of which only the first half is sent at all");
    for (WireFault fault :
        List.of(
            WireFault.half(),
            WireFault.cutOff(),
            WireFault.status(503),
            WireFault.emptyBody(),
            WireFault.status(429).retryAfter(Duration.ofSeconds(7)))) {
      FaultPlan always = call -> fault;
      ToldParts told = new ToldParts();
      try (ModelServer server = ModelServer.builder(script).faults(always).start()) {
        Throwable error = catchThrowable(() -> model(server).call(REQUEST, told));

        assertThat(error).as("what %s ends with", fault).isInstanceOf(LmException.Retriable.class);
        assertThat(server.calls()).as("attempts").hasSize(1);
      }
    }
  }

  @Test
  void whatTheListenerThrowsEndsTheCall() {
    ScriptedModel script = ScriptedModel.answering(asked -> "one two three four five six");
    IllegalStateException enough = new IllegalStateException("enough");
    ReplyListener listener =
        new ReplyListener() {
          @Override
          public void onText(String delta) {
            throw enough;
          }
        };
    try (ModelServer server = ModelServer.start(script)) {
      assertThat(catchThrowable(() -> model(server).call(REQUEST, listener))).isSameAs(enough);
    }
  }

  @Test
  void showsItsCredentialNowhere() {
    if (!credential().isEmpty()) {
      ScriptedModel script = ScriptedModel.answering(asked -> "x");
      try (ModelServer server = ModelServer.start(script)) {
        LanguageModel model = model(server);
        server.failNext(401, Map.of(), "{\"error\":{\"message\":\"no: " + credential() + "\"}}");
        Throwable error = catchThrowable(() -> model.call(REQUEST));

        assertThat(model.toString() + model.id() + model.identity()).doesNotContain(credential());
        assertThat(error).hasMessageNotContaining(credential());
        assertThat(server.calls().get(0).authorization()).contains(credential());
        assertThat(server.calls().get(0).toString()).doesNotContain(credential());
      }
    }
  }
}
