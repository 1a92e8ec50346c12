package dev.hone.price.reserve;

import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmUsage;
import dev.hone.price.Money;
import dev.hone.price.Price;
import dev.hone.text.Plural;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is spent of a budget, and what attempts under way are expected to spend. An attempt reserves
 * what it may cost before it is made; if that does not fit beside what others have reserved, it
 * waits until these are settled, and is refused once nothing is left to wait for. So the limits on
 * tokens and money are exceeded at most by what the attempts under way cost more than was reserved
 * for them, the one on calls never. Thread-safe.
 */
public final class BudgetAccount {
  private static final Logger LOG = LoggerFactory.getLogger(BudgetAccount.class);

  /** How long a wait lasts at most before the wall clock is looked at again. */
  private static final long RECHECK_SECONDS = 1;

  private final BudgetLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition settled = lock.newCondition();
  private final Map<String, TokenForecast> forecasts = new HashMap<>();
  private final Set<Thread> payers = new HashSet<>();
  private final Set<String> unpriced = new HashSet<>();
  private long calls;
  private long tokens;
  private Money money = Money.NONE;
  private long expectedCalls;
  private long expectedTokens;
  private BigDecimal expectedUsd = BigDecimal.ZERO;
  private long reservedTokens;
  private BigDecimal reservedUsd = BigDecimal.ZERO;
  private @Nullable Instant start;

  /** An account of which nothing is spent. */
  public BudgetAccount(BudgetLimits limits) {
    this.limits = limits;
  }

  /**
   * Reserves what an attempt may cost. Waits for attempts of other threads where it does not fit
   * beside them.
   *
   * @param request what is asked
   * @param modelId of whom; replies of different models are learnt from separately
   * @param price of the model; null if it is not known, so that it is counted in tokens only
   * @throws LmException.BudgetExhausted if a limit is reached, or would be; names it
   * @throws LmException.Interrupted if the thread is interrupted while it waits
   */
  public Reservation reserve(
      LmRequest request, String modelId, @Nullable Price price, Clock clock) {
    RequestSize size = RequestSize.of(request);
    lock.lock();
    try {
      noteUnpriced(modelId, price);
      TokenForecast forecast = forecasts.computeIfAbsent(modelId, id -> new TokenForecast());
      while (true) {
        LmUsage expected = forecast.of(size);
        BigDecimal usd = price == null ? BigDecimal.ZERO : price.of(expected).leastUsd();
        requireUnspent(usd, clock);
        if (fits(expected.totalTokens(), usd)) {
          calls++;
          reservedTokens += expected.totalTokens();
          reservedUsd = reservedUsd.add(usd);
          boolean outermost = payers.add(Thread.currentThread());
          return new Reservation(this, size, price, forecast, expected, usd, outermost);
        }
        requireOthers(expected, usd);
        var unused = settled.await(RECHECK_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LmException.Interrupted("Interrupted while waiting for the budget", e);
    } finally {
      lock.unlock();
    }
  }

  private void noteUnpriced(String modelId, @Nullable Price price) {
    if (limits.maxUsd() != null && price == null && unpriced.add(modelId)) {
      LOG.warn(
          "The price of {} is not known, so the limit of {} does not hold for it: its calls are"
              + " counted in tokens only. Maybe give its price with Context.builder().prices(...).",
          modelId,
          Money.ofUsd(limits.maxUsd()));
    }
  }

  private void requireUnspent(BigDecimal usd, Clock clock) {
    Duration maxTime = limits.maxTime();
    if (maxTime != null) {
      Instant now = clock.instant();
      start = start == null ? now : start;
      if (Duration.between(start, now).compareTo(maxTime) >= 0) {
        throw spent(maxTime + " of wall-clock time");
      }
    }
    if (calls + expectedCalls >= limits.maxCalls()) {
      throw spent(Plural.of(limits.maxCalls(), "model call"));
    }
    if (tokens + expectedTokens >= limits.maxTokens()) {
      throw spent(Plural.of(limits.maxTokens(), "token"));
    }
    BigDecimal maxUsd = limits.maxUsd();
    if (maxUsd != null && usd.signum() > 0 && usdTaken().compareTo(maxUsd) >= 0) {
      throw spent(Money.ofUsd(maxUsd).toString());
    }
  }

  private boolean fits(long moreTokens, BigDecimal moreUsd) {
    return fitsTokens(reservedTokens + moreTokens)
        && (moreUsd.signum() == 0 || fitsUsd(reservedUsd.add(moreUsd)));
  }

  private boolean fitsTokens(long more) {
    return limits.maxTokens() == BudgetLimits.NO_LIMIT
        || tokens + expectedTokens + more <= limits.maxTokens();
  }

  private boolean fitsUsd(BigDecimal more) {
    BigDecimal maxUsd = limits.maxUsd();
    return maxUsd == null || usdTaken().add(more).compareTo(maxUsd) <= 0;
  }

  /** What was paid, and what room is left for. */
  private BigDecimal usdTaken() {
    return money.leastUsd().add(expectedUsd);
  }

  /** Each attempt reserves a token or more. A thread that pays never waits: others may, for it. */
  private void requireOthers(LmUsage expected, BigDecimal usd) {
    if (reservedTokens == 0 || payers.contains(Thread.currentThread())) {
      throw tooLarge(expected, usd);
    }
  }

  private LmException.BudgetExhausted tooLarge(LmUsage expected, BigDecimal usd) {
    boolean byTokens = !fitsTokens(reservedTokens + expected.totalTokens());
    String limit =
        byTokens ? Plural.of(limits.maxTokens(), "token") : Money.ofUsd(maxUsd()).toString();
    String left =
        byTokens
            ? Plural.of(limits.maxTokens() - tokens - expectedTokens, "token")
            : Money.ofUsd(maxUsd().subtract(usdTaken()).max(BigDecimal.ZERO)).toString();
    String need =
        byTokens ? Plural.of(expected.totalTokens(), "token") : Money.ofUsd(usd).toString();
    return new LmException.BudgetExhausted(
        "The budget of %s is spent: %s left, and the next attempt may take %s (%d tokens in, %d out). Maybe raise it, or set a lower maxTokens."
            .formatted(limit, left, need, expected.promptTokens(), expected.completionTokens()));
  }

  private BigDecimal maxUsd() {
    BigDecimal max = limits.maxUsd();
    return max == null ? BigDecimal.ZERO : max;
  }

  private static LmException.BudgetExhausted spent(String limit) {
    return new LmException.BudgetExhausted(
        "The budget of %s is spent. Maybe raise it.".formatted(limit));
  }

  /** Notes that this thread pays for an attempt; no if it does already. */
  boolean addPayer() {
    return locked(() -> payers.add(Thread.currentThread()));
  }

  /** This thread pays for none any more. */
  void removePayer() {
    var unused = locked(() -> payers.remove(Thread.currentThread()));
  }

  /** Ends a reservation whose attempt was answered: counts what it cost, and learns from it. */
  void settle(Reservation of, LmUsage usage, long spentTokens, Money paid) {
    lock.lock();
    try {
      of.learn(usage);
      tokens += spentTokens;
      money = money.plus(paid);
      end(of);
    } finally {
      lock.unlock();
    }
  }

  /** Ends a reservation whose attempt gave no reply; its call counts, or is given back. */
  void close(Reservation of, long callsBack) {
    lock.lock();
    try {
      calls -= callsBack;
      end(of);
    } finally {
      lock.unlock();
    }
  }

  private void end(Reservation of) {
    reservedTokens -= of.expected().totalTokens();
    reservedUsd = reservedUsd.subtract(of.usd());
    if (of.outermost()) {
      payers.remove(of.thread());
    }
    settled.signalAll();
  }

  /** Leaves room for calls that will be replayed; with negative numbers takes room back. */
  public void expect(long moreCalls, long moreTokens, BigDecimal moreUsd) {
    lock.lock();
    try {
      expectedCalls += moreCalls;
      expectedTokens += moreTokens;
      expectedUsd = expectedUsd.add(moreUsd);
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Counts a call that is replayed, as it was counted when it was paid for, whatever the limits.
   *
   * @param attempts how many were paid for
   * @param usage that of the reply; null if no reply was paid for
   * @param awaitedUsd for how many dollars room was left here, which is taken back; null if none
   *     was left for this call
   */
  public void settleReplayed(
      LmRequest request,
      String modelId,
      @Nullable Price price,
      long attempts,
      @Nullable LmUsage usage,
      @Nullable BigDecimal awaitedUsd) {
    lock.lock();
    try {
      calls += attempts;
      if (awaitedUsd != null) {
        expectedCalls -= attempts;
        expectedTokens -= usage == null ? 0 : Math.max(0, usage.totalTokens());
        expectedUsd = expectedUsd.subtract(awaitedUsd);
        settled.signalAll();
      }
      if (usage != null) {
        RequestSize size = RequestSize.of(request);
        TokenForecast forecast = forecasts.computeIfAbsent(modelId, id -> new TokenForecast());
        LmUsage expected = forecast.of(size);
        BigDecimal usd = price == null ? BigDecimal.ZERO : price.of(expected).leastUsd();
        tokens += Reservation.counted(usage, expected);
        money = money.plus(Reservation.paid(usage, price, usd));
        forecast.learn(size, usage);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The attempts so far, those under way included. */
  public long calls() {
    return locked(() -> calls);
  }

  /** The tokens of the attempts that ended. */
  public long tokens() {
    return locked(() -> tokens);
  }

  /** What the attempts that ended cost; a lower bound where a price or usage was not known. */
  public Money money() {
    return locked(() -> money);
  }

  private <T> T locked(Supplier<T> value) {
    lock.lock();
    try {
      return value.get();
    } finally {
      lock.unlock();
    }
  }
}
