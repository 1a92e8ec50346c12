package dev.hone.agents;

import dev.hone.adapter.Adapter;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.MessagePart;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import dev.hone.prompt.Trajectory;
import dev.hone.testkit.ScriptedModel;
import dev.hone.testkit.ScriptedTurn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A way to run an agent: an adapter, and whether the model calls tools by parts or in words. */
record Way(Adapter adapter, boolean nativeCalls) {
  static List<Adapter> adapters() {
    ScriptedModel none =
        ScriptedModel.answering(
            request -> {
              throw new AssertionError("An agent's step needs no second model");
            });
    return List.of(
        Adapter.chat(),
        Adapter.json(),
        Adapter.xml(),
        Adapter.functions(),
        Adapter.twoStep(none),
        Adapter.twoStep(none, Adapter.xml()));
  }

  static Stream<Way> all() {
    return adapters().stream()
        .flatMap(adapter -> Stream.of(new Way(adapter, true), new Way(adapter, false)));
  }

  Capabilities capabilities(boolean images) {
    return Capabilities.builder().toolCalls(nativeCalls).images(images).build();
  }

  Context context(ScriptedModel model) {
    return Context.builder().lm(model).adapter(adapter).build();
  }

  /** A model that takes these turns, one per call. */
  ScriptedModel model(ScriptedTurn... turns) {
    List<ScriptedTurn> left = new ArrayList<>(List.of(turns));
    return model(request -> left.remove(0));
  }

  ScriptedModel model(Function<LmRequest, ScriptedTurn> turn) {
    return ScriptedModel.replying(request -> reply(turn.apply(request), request))
        .withCapabilities(capabilities(false));
  }

  LmResponse reply(ScriptedTurn turn, LmRequest request) {
    if (request.tools().isEmpty()) {
      return ScriptedModel.reply(request, words(adapter, turn));
    }
    List<MessagePart> parts = new ArrayList<>();
    if (!turn.thought().isEmpty() || turn.calls().isEmpty()) {
      parts.add(MessagePart.text(turn.thought()));
    }
    parts.addAll(turn.calls());
    return ScriptedModel.reply(request, "").toBuilder()
        .parts(parts)
        .stopReason(StopReason.TOOL_CALLS)
        .build();
  }

  /** A turn as the adapter writes one in a demo. */
  static String words(Adapter adapter, ScriptedTurn turn) {
    ObjectNode outputs = Json.object().put("thought", turn.thought());
    ArrayNode calls = outputs.putArray("calls");
    turn.calls().forEach(call -> calls.add(Trajectory.json(call)));
    ObjectNode inputs = Json.object().put("question", "What?");
    inputs.set("trajectory", Json.array());
    ReAct<?, ?> agent = new SearchTask().agent();
    Prompt prompt =
        Prompt.of(
                StepSignature.of(agent.signature()),
                "Answer.",
                List.of(new Demo(inputs, outputs, Demo.Origin.LABELED, "")),
                inputs)
            .withTools(List.of(new SearchTask().search.spec()));
    List<LmMessage> messages =
        adapter.render(prompt, LmOptions.defaults(), Capabilities.TEXT).messages();
    return messages.get(2).text();
  }

  @Override
  public String toString() {
    return adapter + (nativeCalls ? ", native" : ", in words");
  }
}
