package dev.hone.langchain4j.message;

import dev.hone.lm.ReplyListener;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of one reply. Those that come on the thread that made the call are told at once; those
 * of other threads wait until it takes them. What the listener throws cancels the stream and ends
 * the call. Used once.
 */
final class StreamedPieces implements StreamingChatResponseHandler {
  private final ReplyListener listener;
  private final Thread caller = Thread.currentThread();
  private final BlockingQueue<Runnable> arrived = new LinkedBlockingQueue<>();
  private final Set<Integer> toldCalls = new HashSet<>();
  private StreamedChat.@Nullable Stopped stopped;
  private @Nullable ChatResponse whole;
  private @Nullable Throwable failure;
  private boolean cameOnCaller;
  private volatile boolean over;

  StreamedPieces(ReplyListener listener) {
    this.listener = listener;
  }

  private void take(Runnable piece, @Nullable StreamingHandle handle) {
    if (Thread.currentThread() != caller) {
      if (over && handle != null) {
        handle.cancel();
      }
      arrived.add(piece);
      return;
    }
    cameOnCaller = true;
    tell(piece);
    if (over && handle != null) {
      handle.cancel();
    }
  }

  /** Tells a piece, unless an earlier one was refused. */
  private void tell(Runnable piece) {
    if (over) {
      return;
    }
    try {
      piece.run();
    } catch (Throwable e) {
      stopped = new StreamedChat.Stopped(e);
      over = true;
    }
  }

  @Override
  public void onPartialResponse(String piece) {
    take(() -> listener.onText(piece), null);
  }

  @Override
  public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
    take(() -> listener.onText(piece.text()), context.streamingHandle());
  }

  @Override
  public void onPartialThinking(PartialThinking piece) {
    take(() -> listener.onThinking(piece.text()), null);
  }

  @Override
  public void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
    take(() -> listener.onThinking(piece.text()), context.streamingHandle());
  }

  @Override
  public void onPartialToolCall(PartialToolCall piece) {
    take(() -> call(piece), null);
  }

  @Override
  public void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
    take(() -> call(piece), context.streamingHandle());
  }

  private void call(PartialToolCall piece) {
    toldCalls.add(piece.index());
    listener.onToolCall(piece.index(), piece.name(), piece.partialArguments());
  }

  /** Some providers give calls as a whole only. */
  @Override
  public void onCompleteToolCall(CompleteToolCall call) {
    ToolExecutionRequest request = call.toolExecutionRequest();
    take(
        () -> {
          if (toldCalls.add(call.index()) && request.arguments() != null) {
            listener.onToolCall(call.index(), request.name(), request.arguments());
          }
        },
        null);
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    take(() -> whole = response, null);
  }

  @Override
  public void onError(Throwable error) {
    take(() -> failure = error, null);
  }

  /**
   * The model has returned.
   *
   * @throws TimeoutException if it told pieces on this thread, and none that ends the reply
   */
  void requireEnd() {
    if (cameOnCaller && arrived.isEmpty() && ended() == null) {
      throw new TimeoutException("the stream ended within the reply");
    }
  }

  /** Tells what other threads bring until the reply is whole. */
  ChatResponse await(Duration replyTimeout) {
    long endNanos = System.nanoTime() + replyTimeout.toNanos();
    while (true) {
      ChatResponse response = ended();
      if (response != null) {
        return response;
      }
      Runnable piece = next(endNanos - System.nanoTime());
      if (piece == null) {
        throw new TimeoutException("the stream was not complete within " + replyTimeout);
      }
      tell(piece);
    }
  }

  private @Nullable ChatResponse ended() {
    if (stopped != null) {
      throw stopped;
    } else if (failure instanceof RuntimeException error) {
      throw error;
    } else if (failure != null) {
      throw new IllegalStateException(failure);
    }
    return whole;
  }

  private @Nullable Runnable next(long nanos) {
    try {
      return arrived.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a reply", e);
    }
  }

  /** Nobody waits any more: what still comes cancels the stream. */
  void end() {
    over = true;
  }
}
