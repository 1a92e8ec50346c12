package dev.hone.testkit;

import dev.hone.InvalidInputException;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A model that fails now and then, and otherwise answers as another one. Thread-safe. Whether a
 * call fails depends on the request and on how often it was made before, never on the order in
 * which different requests arrive, so it is the same on any number of threads.
 */
public final class FlakyModel extends ForwardingLanguageModel {
  private final BiFunction<LmRequest, Integer, Optional<RuntimeException>> failure;
  private final ConcurrentMap<LmRequest, AtomicInteger> attempts = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  private FlakyModel(
      LanguageModel model, BiFunction<LmRequest, Integer, Optional<RuntimeException>> failure) {
    super(model);
    this.failure = failure;
  }

  /**
   * A model that fails by a function.
   *
   * @param failure takes the request and its attempt, counted from 1; gives what to throw, if
   *     anything
   */
  public static FlakyModel failingBy(
      LanguageModel model, BiFunction<LmRequest, Integer, Optional<RuntimeException>> failure) {
    return new FlakyModel(model, failure);
  }

  /** A model that fails at the first attempts of every request, and answers at the next. */
  public static FlakyModel failingFirst(
      int times, LanguageModel model, Supplier<? extends RuntimeException> error) {
    return failingBy(
        model,
        (request, attempt) -> attempt <= times ? Optional.of(error.get()) : Optional.empty());
  }

  /** A model that never answers. */
  public static FlakyModel failingAlways(
      LanguageModel model, Supplier<? extends RuntimeException> error) {
    return failingFirst(Integer.MAX_VALUE, model, error);
  }

  /**
   * A model that fails at a share of all attempts.
   *
   * @param share 0 to 1
   * @param seed decides which attempts fail
   * @throws InvalidInputException if the share is not in that range
   */
  public static FlakyModel failingShare(
      double share, long seed, LanguageModel model, Supplier<? extends RuntimeException> error) {
    if (!(share >= 0 && share <= 1)) {
      throw InvalidInputException.of("share (" + share + ") is not in [0, 1]", "use 0.1");
    }
    return failingBy(
        model,
        (request, attempt) ->
            draw(seed, request, attempt) < share ? Optional.of(error.get()) : Optional.empty());
  }

  /** The same in every process, unlike the hash code of a request, which holds enums. */
  private static double draw(long seed, LmRequest request, int attempt) {
    long mix = seed;
    for (LmMessage message : request.messages()) {
      mix = 31 * mix + message.role().ordinal();
      mix = 31 * mix + message.text().hashCode();
    }
    mix = 31 * mix + request.options().rolloutId();
    return new SplittableRandom(new SplittableRandom(mix).nextLong() + attempt).nextDouble();
  }

  @Override
  public LmResponse call(LmRequest request) {
    calls.incrementAndGet();
    int attempt = attempts.computeIfAbsent(request, key -> new AtomicInteger()).incrementAndGet();
    Optional<RuntimeException> error = failure.apply(request, attempt);
    if (error.isPresent()) {
      failures.incrementAndGet();
      throw error.get();
    }
    return super.call(request);
  }

  /** How often it was called. */
  public int calls() {
    return calls.get();
  }

  /** How often it failed. */
  public int failures() {
    return failures.get();
  }
}
