package dev.hone.lm;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A model that answers by a function and counts its calls. */
public final class FakeModel implements LanguageModel {
  private final String id;
  private final Function<LmRequest, LmResponse> answer;
  private final AtomicInteger calls = new AtomicInteger();

  /** A model of that name. */
  public FakeModel(String id, Function<LmRequest, LmResponse> answer) {
    this.id = id;
    this.answer = answer;
  }

  /** A model that always says the same. */
  public static FakeModel saying(String text) {
    return new FakeModel("fake", request -> reply(text));
  }

  /** A complete reply that cost 7 and 3 tokens. */
  public static LmResponse reply(String text) {
    return LmResponse.of(text, LmUsage.of(7, 3), "fake");
  }

  /** A request of one user message. */
  public static LmRequest request(String text) {
    return LmRequest.of(LmMessage.user(text));
  }

  /** The calls so far. */
  public int calls() {
    return calls.get();
  }

  @Override
  public LmResponse call(LmRequest request) {
    calls.incrementAndGet();
    return answer.apply(request);
  }

  @Override
  public String id() {
    return id;
  }
}
