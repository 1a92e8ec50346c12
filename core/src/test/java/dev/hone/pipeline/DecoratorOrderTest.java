package dev.hone.pipeline;

import static dev.hone.lm.FakeModel.reply;
import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Budget;
import dev.hone.context.Context;
import dev.hone.context.LmEvent;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The order of decision 0005 (interceptors, cache, retry, limit, budget, provider), seen by a cache
 * and a journal that another module puts in.
 */
class DecoratorOrderTest {
  private static final RetrySettings QUICK =
      RetrySettings.defaults().withDelays(Duration.ZERO, Duration.ZERO);

  private final List<String> log = new ArrayList<>();

  /** A cache as another module would put it in. */
  private final class LoggingCache implements LmCache {
    private final Map<String, LmResponse> replies = new HashMap<>();

    @Override
    public Optional<LmResponse> get(String key) {
      log.add("cache asked");
      return Optional.ofNullable(replies.get(key));
    }

    @Override
    public void put(String key, LmResponse response) {
      log.add("cache keeps");
      replies.put(key, response);
    }
  }

  /** A journal as another module would put it in: every attempt, with its outcome. */
  private record Journal(LanguageModel provider, List<String> log) implements LanguageModel {
    @Override
    public LmResponse call(LmRequest request) {
      try {
        LmResponse response = provider.call(request);
        log.add("journal: " + response.text());
        return response;
      } catch (LmException e) {
        log.add("journal: " + e.getMessage());
        throw e;
      }
    }

    @Override
    public String id() {
      return provider.id();
    }
  }

  private static FakeModel failingOnce(LmException error) {
    List<LmException> errors = new ArrayList<>(List.of(error));
    return new FakeModel(
        "fake",
        r -> {
          if (!errors.isEmpty()) {
            throw errors.remove(0);
          }
          return reply("ok");
        });
  }

  private Context context(LanguageModel provider, Budget budget) {
    LanguageModel journal = new Journal(provider, log);
    LmPipeline pipeline =
        LmPipeline.builder(journal).cache(new LoggingCache()).retry(QUICK).build();
    return Context.builder()
        .lm(pipeline)
        .budget(budget)
        .interceptor((r, metadata) -> log.add("interceptor"))
        .listener(
            (event, metadata) -> {
              if (event instanceof LmEvent.AttemptStarted) {
                log.add("budgeted: " + budget.spentCalls());
              }
            })
        .build();
  }

  @Test
  void eachAttemptIsBudgetedAndACachedCallIsNot() {
    Budget budget = Budget.ofCalls(5);
    Context context = context(failingOnce(new LmException.TimedOut("slow", null)), budget);

    context.callModel(request("a"));
    context.callModel(request("a"));

    assertThat(log)
        .containsExactly(
            "interceptor",
            "cache asked",
            "cache asked",
            "budgeted: 1",
            "journal: slow",
            "budgeted: 2",
            "journal: ok",
            "cache keeps",
            "interceptor",
            "cache asked");
    assertThat(budget.spentCalls()).isEqualTo(2);
  }

  @Test
  void theAttemptListenerSeesTheReply() {
    List<String> seen = new ArrayList<>();
    LmPipeline pipeline =
        LmPipeline.builder(failingOnce(new LmException.TimedOut("slow", null)))
            .retry(QUICK)
            .build();
    AttemptListener listener =
        new AttemptListener() {
          @Override
          public void beforeAttempt() {
            seen.add("before");
          }

          @Override
          public void afterReply(LmResponse response) {
            seen.add(response.text());
          }

          @Override
          public void afterFailure(LmException error) {
            seen.add(error.getMessage());
          }
        };

    pipeline.call(request("a"), listener);
    pipeline.call(request("a"), listener);

    assertThat(seen).containsExactly("before", "slow", "before", "ok");
  }

  @Test
  void anErrorOfACacheLosesNoReply() {
    LmCache broken =
        new LmCache() {
          @Override
          public Optional<LmResponse> get(String key) {
            throw new NoClassDefFoundError("missing");
          }

          @Override
          public void put(String key, LmResponse response) {
            throw new ExceptionInInitializerError("broken");
          }
        };
    LmPipeline pipeline = LmPipeline.builder(FakeModel.saying("paid")).cache(broken).build();

    assertThat(pipeline.call(request("a")).text()).isEqualTo("paid");
  }
}
