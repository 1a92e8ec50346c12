package dev.hone.benchmarks.adapter;

import dev.hone.adapter.Adapter;
import dev.hone.adapter.Adapter.SecondCall;
import dev.hone.adapter.ReplyFormatException;
import dev.hone.data.Example;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.local.EmbeddedModel;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Prompt;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a format costs, and whether it alters values, for a model that always answers with gold, in
 * the words that the adapter itself uses for a demo. No model is called.
 *
 * @param examples how many were tried
 * @param altered how many came back otherwise than gold
 * @param refused how many did not come back
 * @param promptTokens of all calls, schemas and tools in requests left out
 * @param replyTokens of all calls
 */
record GoldCost(long examples, long altered, long refused, long promptTokens, long replyTokens) {
  private record Call(ObjectNode read, long promptTokens, long replyTokens) {}

  static GoldCost of(AdapterTask task, AdapterCase adapter, ToLongFunction<String> tokens) {
    long altered = 0;
    long refused = 0;
    long prompts = 0;
    long replies = 0;
    Adapter tried = adapter.adapter().apply(EmbeddedModel.load());
    for (Example<ObjectNode, ObjectNode> example : task.examples()) {
      Prompt prompt =
          Prompt.of(
                  task.signature(), task.signature().instructions(), List.of(), example.inputJson())
              .withTools(task.tools());
      try {
        Call call = answered(tried, prompt, adapter.capabilities(), example.expectedJson(), tokens);
        prompts += call.promptTokens();
        replies += call.replyTokens();
        altered += AdapterTasks.sameFields(example.expectedJson(), call.read()) < 1 ? 1 : 0;
      } catch (ReplyFormatException e) {
        refused++;
      }
    }
    return new GoldCost(task.examples().size(), altered, refused, prompts, replies);
  }

  private static Call answered(
      Adapter adapter,
      Prompt prompt,
      Capabilities capabilities,
      ObjectNode gold,
      ToLongFunction<String> tokens) {
    LmRequest request = adapter.render(prompt, LmOptions.defaults(), capabilities);
    Prompt rendered =
        request.tools().isEmpty() || prompt.tools().isEmpty()
            ? prompt
            : prompt.withCallsByParts(true);
    LmResponse reply = reply(adapter, prompt, capabilities, gold);
    long asked = tokens.applyAsLong(request.toText());
    long said = tokens.applyAsLong(LimitedModel.text(reply));
    Optional<SecondCall> second = adapter.secondCall(rendered, reply);
    if (second.isEmpty()) {
      return new Call(adapter.parse(rendered, reply), asked, said);
    }
    SecondCall next = second.get();
    Call call = answered(next.adapter(), next.prompt(), Capabilities.TEXT, gold, tokens);
    return new Call(
        next.outputs(call.read()), asked + call.promptTokens(), said + call.replyTokens());
  }

  /** The answer that the adapter shows for a demo with these outputs. */
  private static LmResponse reply(
      Adapter adapter, Prompt prompt, Capabilities capabilities, ObjectNode gold) {
    Demo demo = new Demo(prompt.input(), gold, Demo.Origin.LABELED, "");
    LmMessage last =
        adapter
            .render(prompt.withDemos(List.of(demo)), LmOptions.defaults(), capabilities)
            .messages()
            .stream()
            .filter(message -> message.role() == LmMessage.Role.ASSISTANT)
            .reduce((earlier, later) -> calls(earlier) ? earlier : later)
            .orElseThrow();
    return LmResponse.builder().parts(last.parts()).build();
  }

  private static boolean calls(LmMessage message) {
    return message.parts().stream().anyMatch(ToolCall.class::isInstance);
  }
}
