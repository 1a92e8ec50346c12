package dev.hone.springai.client;

import dev.hone.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.template.st.StTemplateRenderer;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;

/** The one call that some code makes of a {@code ChatClient}, which is not carried out. */
final class RecordedPrompt {
  private RecordedPrompt() {}

  /**
   * Lets code ask a client that answers nothing.
   *
   * @throws InvalidInputException if it does not ask anything; what else it throws before it asks
   *     comes out as it is
   */
  static PromptCall of(Function<ChatClient.Builder, ?> code) {
    RenderedTexts texts = new RenderedTexts(StTemplateRenderer.builder().build());
    Recorder recorder = new Recorder(texts);
    ChatClient.Builder builder =
        ChatClient.builder(new NoModel()).defaultTemplateRenderer(texts).defaultAdvisors(recorder);
    try {
      Object ignored = code.apply(builder);
    } catch (RuntimeException e) {
      if (recorder.calls.isEmpty()) {
        throw e;
      }
    }
    if (recorder.calls.size() != 1) {
      throw InvalidInputException.of(
          "The code made %d calls of its ChatClient, expected one".formatted(recorder.calls.size()),
          "make the client of the builder it is given, and end with .call().entity(...) or"
              + " .content()");
    }
    return recorder.calls.get(0);
  }

  /** Ends the call, since nothing can be answered. */
  private static final class Recorded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Recorded() {
      super("The call is noted and not carried out", null, false, false);
    }
  }

  /** Notes what is asked, before any other advisor changes it. */
  private static final class Recorder implements CallAdvisor, StreamAdvisor {
    private final RenderedTexts texts;
    private final List<PromptCall> calls = new ArrayList<>();

    Recorder(RenderedTexts texts) {
      this.texts = texts;
    }

    private Recorded note(ChatClientRequest request) {
      calls.add(PromptCall.of(request.prompt(), texts));
      return new Recorded();
    }

    @Override
    public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
      throw note(request);
    }

    @Override
    public Flux<ChatClientResponse> adviseStream(
        ChatClientRequest request, StreamAdvisorChain chain) {
      throw note(request);
    }

    @Override
    public String getName() {
      return "hone-recorder";
    }

    @Override
    public int getOrder() {
      return Ordered.HIGHEST_PRECEDENCE;
    }
  }

  /** Is never asked. */
  private static final class NoModel implements ChatModel {
    @Override
    public ChatResponse call(@Nullable Prompt prompt) {
      throw new Recorded();
    }
  }
}
