package dev.hone.springai.client;

import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.bridge.Secrets;
import dev.hone.springai.message.ErrorMapping;
import dev.hone.springai.message.PromptMapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientAttributes;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;

/**
 * What is behind an advisor, as a model: the application's other advisors and its chat model, with
 * the options, tools and history of one of its calls. For one call of the application.
 */
final class ChainModel implements LanguageModel {
  private final ChatClientRequest asked;
  private final Next next;
  private final ErrorMapping errors = new ErrorMapping("the ChatClient", Secrets.unknown());
  private final ChatOptions options;
  private @Nullable LmMessage question;
  private LmUsage usage = LmUsage.NONE;
  private final Map<String, Object> context = new ConcurrentHashMap<>();

  /** Sends a request on, and notes what advisors say of the answer. */
  @FunctionalInterface
  interface Next {
    LmResponse answer(ChatClientRequest request, ChainModel noted);
  }

  ChainModel(ChatClientRequest asked, Next next) {
    this.asked = asked;
    this.next = next;
    ChatOptions own = asked.prompt().getOptions();
    this.options = own == null ? ChatOptions.builder().build() : own;
    asked.context().forEach(this::note);
  }

  @Override
  public LmResponse call(LmRequest request) {
    Prompt prompt = PromptMapping.of(request, options, true, true);
    ChatClientRequest sent =
        asked
            .mutate()
            .prompt(new Prompt(withOthers(request, prompt.getInstructions()), prompt.getOptions()))
            .context(ChatClientAttributes.OUTPUT_FORMAT.getKey(), "")
            .context(ChatClientAttributes.STRUCTURED_OUTPUT_SCHEMA.getKey(), "")
            .build();
    LmResponse response;
    try {
      response = next.answer(sent, this);
    } catch (RuntimeException e) {
      throw errors.of(e);
    }
    count(response.usage());
    return response;
  }

  private synchronized void count(LmUsage more) {
    usage = usage.plus(more);
  }

  /** The messages with the history and the media of the application's call, at the question. */
  private List<Message> withOthers(LmRequest request, List<Message> messages) {
    int at = placeOfQuestion(request, messages);
    List<Message> history = history();
    UserMessage user = asked.prompt().getUserMessage();
    if (at < 0 || history.isEmpty() && user.getMedia().isEmpty()) {
      return messages;
    }
    List<Message> all = new ArrayList<>(messages.subList(0, at));
    all.addAll(history);
    UserMessage mapped = (UserMessage) messages.get(at);
    all.add(user.getMedia().isEmpty() ? mapped : mapped.mutate().media(user.getMedia()).build());
    all.addAll(messages.subList(at + 1, messages.size()));
    return all;
  }

  /** Where the user's input is; the same message in each further try of the same predictor. */
  private synchronized int placeOfQuestion(LmRequest request, List<Message> messages) {
    int known = question == null ? -1 : request.messages().lastIndexOf(question);
    boolean sameIndexes = request.messages().size() == messages.size();
    int last = -1;
    for (int i = 0; i < messages.size(); i++) {
      last = messages.get(i) instanceof UserMessage ? i : last;
    }
    int at = known >= 0 && sameIndexes ? known : last;
    if (at >= 0 && sameIndexes) {
      question = request.messages().get(at);
    }
    return at;
  }

  /** What the application sends beside its system text and the user's. */
  private List<Message> history() {
    List<Message> all = asked.prompt().getInstructions();
    int last = all.lastIndexOf(asked.prompt().getUserMessage());
    List<Message> history = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (i != last && !(all.get(i) instanceof SystemMessage)) {
        history.add(all.get(i));
      }
    }
    return history;
  }

  /** Notes something of the context of an answer; what is null is left out. */
  void note(String key, @Nullable Object value) {
    if (value != null) {
      context.put(key, value);
    }
  }

  /** The tokens of all calls so far. */
  synchronized LmUsage usage() {
    return usage;
  }

  /** The context of the application's call, with what advisors added to the answers. */
  Map<String, @Nullable Object> context() {
    Map<String, @Nullable Object> all = new HashMap<>(context);
    all.putAll(asked.context());
    return all;
  }

  @Override
  public String id() {
    String model = options.getModel();
    return "spring-ai:" + (model == null || model.isBlank() ? "chat-client" : model);
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.builder()
        .jsonSchema(options instanceof StructuredOutputChatOptions)
        .images(true)
        .build();
  }

  @Override
  public boolean holdsCredentials() {
    return true;
  }

  /** What an exception of this model was before it became one of Hone's. */
  static RuntimeException original(LmException error) {
    return error.getCause() instanceof RuntimeException cause ? cause : error;
  }
}
