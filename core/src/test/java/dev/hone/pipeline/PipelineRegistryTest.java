package dev.hone.pipeline;

import static dev.hone.lm.FakeModel.reply;
import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ModelIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which models share a pipeline, and for how long it is held. */
@Timeout(60)
class PipelineRegistryTest {
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final CountDownLatch open = new CountDownLatch(1);

  /** A model that is made anew for every request, as for a tenant. */
  private final class Account implements LanguageModel {
    private final String address;
    private final String credential;

    Account(String address, String credential) {
      this.address = address;
      this.credential = credential;
    }

    @Override
    public LmResponse call(LmRequest request) {
      calls.incrementAndGet();
      most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
      if (request.messages().get(0).text().startsWith("wait")) {
        try {
          open.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      inFlight.decrementAndGet();
      return reply(credential);
    }

    @Override
    public String id() {
      return "account";
    }

    @Override
    public Optional<ModelIdentity> identity() {
      return Optional.of(ModelIdentity.of(id(), address, credential));
    }
  }

  private static String ask(LanguageModel model, String question) {
    return Context.builder().lm(model).build().callModel(request(question)).text();
  }

  @Test
  void modelsOfEqualIdentityShareTheCache() {
    assertThat(ask(new Account("here", "key"), "shared")).isEqualTo("key");
    assertThat(ask(new Account("here", "key"), "shared")).isEqualTo("key");

    assertThat(calls).hasValue(1);
  }

  @Test
  void differentCredentialsAndAddressesNeverShare() {
    assertThat(ask(new Account("there", "one"), "apart")).isEqualTo("one");
    assertThat(ask(new Account("there", "two"), "apart")).isEqualTo("two");
    assertThat(ask(new Account("elsewhere", "one"), "apart")).isEqualTo("one");

    assertThat(calls).hasValue(3);
  }

  @Test
  void modelsOfEqualIdentityShareTheLimitOnCallsInFlight() throws Exception {
    TestThreads threads = new TestThreads();
    AtomicInteger number = new AtomicInteger();

    List<FutureTask<String>> callers =
        threads.start(
            24, () -> ask(new Account("limited", "key"), "wait " + number.incrementAndGet()));
    TestThreads.await(() -> inFlight.get() == LmPipeline.DEFAULT_MAX_IN_FLIGHT);
    open.countDown();
    for (FutureTask<String> caller : callers) {
      caller.get();
    }

    assertThat(most).hasValue(LmPipeline.DEFAULT_MAX_IN_FLIGHT);
    assertThat(calls).hasValue(24);
  }

  @Test
  void theSameInstanceIsOnePipelineAndAnotherOneIsNot() {
    FakeModel one = FakeModel.saying("x");
    FakeModel two = FakeModel.saying("x");

    assertThat(LmPipeline.of(one)).isSameAs(LmPipeline.of(one)).isNotSameAs(LmPipeline.of(two));
    assertThat(LmPipeline.builder(one).build()).isNotSameAs(LmPipeline.of(one));
    assertThat(ModelBinding.of(one.withOptions(o -> o.temperature(0.5))).pipeline())
        .isSameAs(LmPipeline.of(one));
  }

  @Test
  void aDecoratorThatPassesTheIdentityOnIsAnotherModel() {
    Account account = new Account("decorated", "key");
    LanguageModel journal =
        new LanguageModel() {
          @Override
          public LmResponse call(LmRequest request) {
            return reply("journalled " + account.call(request).text());
          }

          @Override
          public String id() {
            return account.id();
          }

          @Override
          public Optional<ModelIdentity> identity() {
            return account.identity();
          }
        };

    assertThat(ask(account, "a")).isEqualTo("key");
    assertThat(ask(journal, "a")).isEqualTo("journalled key");
  }

  @Test
  void holdsNoPipelineThatIsIdleForTenMinutes() {
    AtomicLong nanos = new AtomicLong();
    PipelineRegistry registry = new PipelineRegistry(nanos::get);
    FakeModel model = FakeModel.saying("x");

    LmPipeline first = registry.of(model);
    registry.of(FakeModel.saying("y"));
    nanos.addAndGet(Duration.ofMinutes(6).toNanos());
    assertThat(registry.of(model)).isSameAs(first);
    nanos.addAndGet(Duration.ofMinutes(6).toNanos());

    assertThat(registry.idle()).isEqualTo(1);
    nanos.addAndGet(Duration.ofMinutes(6).toNanos());
    assertThat(registry.idle()).isZero();
    assertThat(registry.of(model)).as("in use, so not idle").isSameAs(first);
  }

  @Test
  void holdsOnlyTheLastModelsHoweverManyAreGiven() {
    PipelineRegistry registry = new PipelineRegistry(System::nanoTime);

    for (int i = 0; i < 1_000; i++) {
      registry.of(FakeModel.saying("x"));
    }

    assertThat(registry.idle()).isLessThanOrEqualTo(256);
  }
}
