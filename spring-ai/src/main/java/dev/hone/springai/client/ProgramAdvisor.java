package dev.hone.springai.client;

import dev.hone.context.Context;
import dev.hone.lm.LmException;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.ReplyListener;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.program.Program;
import dev.hone.springai.client.TunedPrompts.TunedPrompt;
import dev.hone.springai.message.ResponseMapping;
import dev.hone.springai.message.StreamedReply;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientAttributes;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.core.Ordered;
import org.springframework.util.StringUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/** Answers the calls of known prompts by programs, and lets all others through. Comes first. */
final class ProgramAdvisor implements CallAdvisor, StreamAdvisor {
  private static final ResponseMapping RESPONSES = new ResponseMapping("the ChatClient");

  private final Map<PromptShape, TunedPrompt> byShape;
  private final RenderedTexts texts;
  private final @Nullable Context context;

  ProgramAdvisor(
      Map<PromptShape, TunedPrompt> byShape, RenderedTexts texts, @Nullable Context context) {
    this.byShape = byShape;
    this.texts = texts;
    this.context = context;
  }

  @Override
  public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
    PromptCall call = PromptCall.of(request.prompt(), texts);
    TunedPrompt tuned = byShape.get(call.shape());
    if (tuned == null) {
      return chain.nextCall(request);
    }
    ChainModel model =
        new ChainModel(
            request,
            (sent, noted) -> {
              ChatClientResponse response = chain.copy(this).nextCall(sent);
              response.context().forEach(noted::note);
              return RESPONSES.of(response.chatResponse());
            });
    return answered(request, call, tuned, model);
  }

  @Override
  public Flux<ChatClientResponse> adviseStream(
      ChatClientRequest request, StreamAdvisorChain chain) {
    PromptCall call = PromptCall.of(request.prompt(), texts);
    TunedPrompt tuned = byShape.get(call.shape());
    if (tuned == null) {
      return chain.nextStream(request);
    }
    Context asking = context();
    return Flux.deferContextual(
        subscriber -> {
          ChainModel model =
              new ChainModel(
                  request,
                  (sent, noted) ->
                      streamed(chain.copy(this).nextStream(sent).contextWrite(subscriber), noted));
          return Mono.fromCallable(() -> asking.call(() -> answered(request, call, tuned, model)))
              .subscribeOn(Schedulers.boundedElastic());
        });
  }

  private static LmResponse streamed(Flux<ChatClientResponse> stream, ChainModel noted) {
    @Nullable ChatResponse only = null;
    int pieces = 0;
    StreamedReply reply = new StreamedReply(RESPONSES, ReplyListener.NONE);
    for (ChatClientResponse piece : stream.toIterable()) {
      piece.context().forEach(noted::note);
      ChatResponse response = piece.chatResponse();
      if (response != null) {
        only = ++pieces == 1 ? response : null;
        reply.add(response);
      }
    }
    return reply.isEnded() || only == null || !isOfAnAdvisor(only)
        ? reply.whole()
        : RESPONSES.of(only);
  }

  /** Whether an advisor answered by itself, as a cache does: in one piece, and naming no model. */
  private static boolean isOfAnAdvisor(ChatResponse only) {
    return !StringUtils.hasText(only.getMetadata().getModel());
  }

  private Context context() {
    return context == null ? Context.current() : context;
  }

  private ChatClientResponse answered(
      ChatClientRequest request, PromptCall call, TunedPrompt tuned, ChainModel model) {
    LmPipeline pipeline = LmPipeline.builder(model).noCache().retry(RetrySettings.none()).build();
    Program<ObjectNode, ObjectNode> program = tuned.tuned().get().on(pipeline);
    ObjectNode output;
    try {
      output = context().call(() -> program.run(call.input()));
    } catch (LmException e) {
      throw ChainModel.original(e);
    }
    Object format = request.context().get(ChatClientAttributes.OUTPUT_FORMAT.getKey());
    boolean asJson = format instanceof String text && !text.isBlank();
    return ChatClientResponse.builder()
        .chatResponse(response(tuned.program().text(output, asJson), model))
        .context(model.context())
        .build();
  }

  private static ChatResponse response(String text, ChainModel model) {
    LmUsage usage = model.usage();
    return new ChatResponse(
        List.of(
            new Generation(
                new AssistantMessage(text),
                ChatGenerationMetadata.builder().finishReason("stop").build())),
        ChatResponseMetadata.builder()
            .model(model.id().substring(model.id().indexOf(':') + 1))
            .usage(
                new DefaultUsage(
                    Math.toIntExact(usage.promptTokens()),
                    Math.toIntExact(usage.completionTokens())))
            .build());
  }

  @Override
  public String getName() {
    return "hone-program";
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
