package dev.hone.testkit;

import dev.hone.InvalidInputException;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ReplyListener;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * A model that streams what another one replies, in pieces of given or random lengths, and breaks
 * off on demand. Asked without a listener it forwards the call. Thread-safe; pieces depend on the
 * seed and the reply only.
 */
public final class StreamedModel extends ForwardingLanguageModel {
  private final Supplier<IntSupplier> lengths;
  private final int breaks;
  private final int charsBefore;
  private final Supplier<? extends LmException> error;
  private final AtomicInteger streams = new AtomicInteger();

  private StreamedModel(
      LanguageModel model,
      Supplier<IntSupplier> lengths,
      int breaks,
      int charsBefore,
      Supplier<? extends LmException> error) {
    super(model);
    this.lengths = lengths;
    this.breaks = breaks;
    this.charsBefore = charsBefore;
    this.error = error;
  }

  private static StreamedModel of(LanguageModel model, Supplier<IntSupplier> lengths) {
    return new StreamedModel(
        model, lengths, 0, 0, () -> new LmException.Unavailable("cut", null, null));
  }

  /**
   * Streams in pieces of this length; the last may be shorter.
   *
   * @throws InvalidInputException if the length is less than 1
   */
  public static StreamedModel inPieces(int length, LanguageModel model) {
    if (length < 1) {
      throw InvalidInputException.of("length (" + length + ") is less than 1", "use 1");
    }
    return of(model, () -> () -> length);
  }

  /** Streams in random pieces of 1 to 40 characters, of which most are short. */
  public static StreamedModel inRandomPieces(long seed, LanguageModel model) {
    return of(
        model,
        () -> {
          SplittableRandom random = new SplittableRandom(seed);
          int longest = 1 + random.nextInt(40);
          return () -> 1 + random.nextInt(1 + random.nextInt(longest));
        });
  }

  /**
   * A copy whose first streams break off.
   *
   * @param times how many streams break off
   * @param chars how many characters are told before
   * @param why what is then thrown
   */
  public StreamedModel breakingFirst(int times, int chars, Supplier<? extends LmException> why) {
    return new StreamedModel(delegate(), lengths, times, chars, why);
  }

  @Override
  public LmResponse call(LmRequest request) {
    return delegate().call(request);
  }

  @Override
  public LmResponse call(LmRequest request, ReplyListener listener) {
    boolean broken = streams.incrementAndGet() <= breaks;
    LmResponse response = delegate().call(request);
    Pieces pieces = new Pieces(lengths.get(), broken ? charsBefore : Integer.MAX_VALUE);
    int calls = 0;
    for (MessagePart part : response.parts()) {
      if (part instanceof MessagePart.Thinking thinking) {
        pieces.tell(thinking.text(), listener::onThinking);
      } else if (part instanceof MessagePart.Text text) {
        pieces.tell(text.text(), listener::onText);
      } else if (part instanceof MessagePart.ToolCall call) {
        int index = calls++;
        pieces.tell(call.arguments(), piece -> listener.onToolCall(index, call.name(), piece));
      }
    }
    if (broken) {
      throw error.get();
    }
    return response;
  }

  /** How often it was asked to stream. */
  public int streams() {
    return streams.get();
  }

  /** Cuts one reply. */
  private final class Pieces {
    private final IntSupplier length;
    private int left;

    Pieces(IntSupplier length, int most) {
      this.length = length;
      this.left = most;
    }

    void tell(String text, Consumer<String> to) {
      for (int at = 0; at < text.length(); ) {
        if (left == 0) {
          throw error.get();
        }
        int end = (int) Math.min((long) at + Math.min(length.getAsInt(), left), text.length());
        to.accept(text.substring(at, end));
        left -= end - at;
        at = end;
      }
    }
  }
}
