package dev.hone.adapter;

import dev.hone.adapter.frame.HeaderText;
import dev.hone.adapter.prose.OwnThoughts;
import dev.hone.adapter.turn.PromptText;
import dev.hone.adapter.turn.Turns;
import dev.hone.coerce.JsonSchema;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart;
import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.ToolSpec;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import dev.hone.text.Excerpt;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The outputs as the arguments of one tool that the model must call, {@code functions/2}; what
 * {@code json/2} does where the model has no tool calls, or the prompt has tools.
 *
 * <p>The arguments are read as {@code json/2} reads an object, and so is the text of a reply that
 * has no such call.
 */
final class FunctionsAdapter implements Adapter {
  static final FunctionsAdapter INSTANCE = new FunctionsAdapter();

  private static final int SHOWN_CHARS = 80;
  private static final String ASK =
      "Answer with a call of the tool `" + PromptText.ANSWER_TOOL + "` only.";

  @Override
  public String id() {
    return "functions/2";
  }

  @Override
  public ReplyForm replyForm() {
    return ReplyForm.ARGUMENTS;
  }

  @Override
  public LmRequest render(Prompt asked, LmOptions options, Capabilities capabilities) {
    if (!capabilities.toolCalls() || !asked.tools().isEmpty()) {
      return Adapter.json().render(asked, options, capabilities);
    }
    Prompt prompt = OwnThoughts.asked(asked, capabilities);
    PromptText text = PromptText.of(prompt.signature());
    ToolSpec tool =
        ToolSpec.of(
            PromptText.ANSWER_TOOL, "Gives the output fields.", JsonSchema.of(text.outputs()));
    return Turns.of(prompt, new JsonAdapter.JsonLayout(), text.functionSystem(), ASK)
        .request(options, capabilities)
        .tools(List.of(tool))
        .requiredTool(PromptText.ANSWER_TOOL)
        .build();
  }

  @Override
  public ObjectNode parse(Prompt prompt, LmResponse response) {
    String arguments =
        response.parts().stream()
            .filter(
                part -> part instanceof ToolCall call && call.name().equals(PromptText.ANSWER_TOOL))
            .map(part -> ((ToolCall) part).arguments())
            .collect(Collectors.joining("\n\n"));
    boolean called = prompt.tools().isEmpty() && !arguments.isBlank();
    if (prompt.tools().isEmpty() && !called && response.text().isBlank()) {
      requireNoOtherCall(response);
    }
    return Adapter.json()
        .parse(prompt, called ? withoutCalls(response).text(arguments).build() : response);
  }

  private static void requireNoOtherCall(LmResponse response) {
    for (MessagePart part : response.parts()) {
      if (part instanceof ToolCall call) {
        throw new ReplyFormatException(
            "",
            call.name().equals(PromptText.ANSWER_TOOL)
                ? "The call of the tool %s has no arguments.".formatted(PromptText.ANSWER_TOOL)
                : "The reply calls \"%s\", expected a call of the tool %s."
                    .formatted(Excerpt.ofLine(call.name(), SHOWN_CHARS), PromptText.ANSWER_TOOL));
      }
    }
  }

  private static LmResponse.Builder withoutCalls(LmResponse response) {
    return response.toBuilder()
        .parts(response.parts().stream().filter(part -> !(part instanceof ToolCall)).toList());
  }

  @Override
  public LmMessage repairTurn(Signature<?, ?> signature, ReplyFormatException error) {
    return LmMessage.user(
        "That answer could not be read. "
            + HeaderText.disguise(String.valueOf(error.getMessage()))
            + "\n\nAnswer again, in full, as a JSON object with these keys:\n\n"
            + PromptText.of(signature).jsonAnswer());
  }

  @Override
  public String toString() {
    return "Adapter[" + id() + "]";
  }
}
