package dev.hone.langchain4j.message;

import dev.hone.lm.ReplyListener;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A streaming chat model as one that answers in one piece, or tells the pieces on the thread that
 * made the call, whichever thread they come on.
 *
 * @param model what streams
 * @param replyTimeout how long a whole reply may take
 * @param isRead whether what comes on the thread that made the call has all come when it returns
 */
public record StreamedChat(StreamingChatModel model, Duration replyTimeout, boolean isRead)
    implements ChatModel {
  /** Of any streaming model. */
  public StreamedChat(StreamingChatModel model, Duration replyTimeout) {
    this(model, replyTimeout, false);
  }

  /**
   * One of a model with Hone's HTTP client, which is made when it is first asked for, and kept.
   * Thread-safe.
   */
  public static Supplier<StreamedChat> once(
      Supplier<StreamingChatModel> model, Duration replyTimeout) {
    AtomicReference<@Nullable StreamedChat> made = new AtomicReference<>();
    return () -> {
      StreamedChat known = made.get();
      if (known == null) {
        made.compareAndSet(null, new StreamedChat(model.get(), replyTimeout, true));
        known = Objects.requireNonNull(made.get());
      }
      return known;
    };
  }

  @Override
  public ChatResponse chat(ChatRequest request) {
    return chat(request, ReplyListener.NONE);
  }

  /**
   * Answers, and tells what arrives.
   *
   * @throws TimeoutException if the reply is not whole in time
   * @throws Stopped if the listener throws
   */
  public ChatResponse chat(ChatRequest request, ReplyListener listener) {
    StreamedPieces pieces = new StreamedPieces(listener);
    try {
      model.chat(request, pieces);
      if (isRead) {
        pieces.requireEnd();
      }
      return pieces.await(replyTimeout);
    } finally {
      pieces.end();
    }
  }

  /** Carries what a listener threw past all that maps the model's own exceptions. */
  public static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Throwable thrown;

    Stopped(Throwable thrown) {
      super("The listener to a reply threw", thrown, false, false);
      this.thrown = thrown;
    }

    /** Throws what the listener threw, as it is. */
    @SuppressWarnings("unchecked")
    public <X extends Throwable> RuntimeException unpacked() throws X {
      throw (X) thrown;
    }
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return model.defaultRequestParameters();
  }

  @Override
  public ModelProvider provider() {
    return model.provider();
  }

  @Override
  public Set<Capability> supportedCapabilities() {
    return model.supportedCapabilities();
  }
}
