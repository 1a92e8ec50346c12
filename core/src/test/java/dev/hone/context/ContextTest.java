package dev.hone.context;

import static dev.hone.lm.FakeModel.reply;
import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ContextTest {
  private final List<Event> events = new ArrayList<>();

  private ContextBuilder with(LanguageModel model) {
    return Context.builder().lm(model).listener((event, metadata) -> events.add(event));
  }

  @AfterEach
  void bindsNothingBeyondATest() {
    assertThat(Context.current().metadata()).isEmpty();
    assertThatThrownBy(() -> Context.current().lm()).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void isBoundWithinACallAndTheOneBeforeAfterwards() {
    Context outer = Context.builder().metadata("request", "outer").build();
    Context inner = outer.toBuilder().metadata("request", "inner").build();

    List<Context> seen = new ArrayList<>();
    outer.run(
        () -> {
          seen.add(Context.current());
          inner.run(() -> seen.add(Context.current()));
          seen.add(Context.current());
        });

    assertThat(seen).containsExactly(outer, inner, outer);
  }

  @Test
  void isUnboundAfterCodeThatThrows() {
    Context context = Context.builder().metadata("request", "1").build();

    assertThatThrownBy(
            () ->
                context.run(
                    () -> {
                      throw new IllegalStateException("x");
                    }))
        .hasMessage("x");

    assertThat(Context.current()).isNotSameAs(context);
  }

  @Test
  void wrapsCodeForThreadsOfOthers() throws Exception {
    Context context = Context.builder().metadata("request", "1").build();
    List<Context> seen = new ArrayList<>();
    Callable<Context> callable = context.wrap(Context::current);
    Executor direct = Runnable::run;

    seen.add(callable.call());
    context.wrap((Runnable) () -> seen.add(Context.current())).run();
    context.wrap(direct).execute(() -> seen.add(Context.current()));
    FutureTask<Context> task = new FutureTask<>(callable);
    Thread thread = new Thread(task);
    thread.start();
    seen.add(task.get());

    assertThat(seen).containsExactly(context, context, context, context);
  }

  @Test
  void aCopyLeavesTheOriginalAsItWas() {
    Context original = with(FakeModel.saying("x")).metadata("a", "1").build();

    Context copy =
        original.toBuilder()
            .metadata("b", "2")
            .options(LmOptions.defaults().withTemperature(1.0))
            .build();

    assertThat(original.metadata()).isEqualTo(Map.of("a", "1"));
    assertThat(original.options()).isEqualTo(LmOptions.defaults());
    assertThat(copy.metadata()).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(copy.lm()).isSameAs(original.lm());
    assertThat(copy.workers()).isSameAs(original.workers());
  }

  @Test
  void findsValuesByTheKeyObjectOnly() {
    ContextKey<String> key = ContextKey.named("key");
    Context context = Context.builder().build().with(key, "value");

    assertThat(context.value(key)).contains("value");
    assertThat(context.value(ContextKey.named("key"))).isEmpty();
    assertThat(key).hasToString("key");
  }

  @Test
  void asksAModelInOneLineUnderTheOptionsOfTheContext() {
    FakeModel model =
        FakeModel.answering(
            request ->
                FakeModel.system(request)
                    + FakeModel.last(request)
                    + request.options().temperature());
    Context context = with(model).options(LmOptions.builder().temperature(0.5).build()).build();

    assertThat(context.ask("Be ", "brief ")).isEqualTo("Be brief 0.5");
    assertThat(context.ask("Be ", "brief ")).isEqualTo("Be brief 0.5");
    assertThat(model.calls()).as("the second one is answered by the cache").isEqualTo(1);
  }

  @Test
  void saysHowToSetTheModelThatIsMissing() {
    assertThatThrownBy(() -> Context.builder().build().callModel(request("a")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("No language model is set")
        .hasMessageContaining("Maybe");
  }

  @Test
  void tellsListenersOfEveryCallAndEveryFailedAttempt() {
    List<String> replies = new ArrayList<>(List.of("", "", "ok"));
    FakeModel model =
        new FakeModel(
            "fake",
            r -> {
              String text = replies.remove(0);
              if (text.isEmpty()) {
                throw new LmException.TimedOut("slow", null);
              }
              return reply(text);
            });
    RetrySettings quick = RetrySettings.defaults().withDelays(Duration.ZERO, Duration.ZERO);
    Context context = with(LmPipeline.builder(model).retry(quick).build()).build();

    context.callModel(request("a"));
    context.callModel(request("a"));

    assertThat(events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly(
            "CallStarted",
            "AttemptStarted",
            "AttemptFailed",
            "AttemptStarted",
            "AttemptFailed",
            "AttemptStarted",
            "AttemptAnswered",
            "CallAnswered",
            "CallStarted",
            "CallAnswered");
    assertThat(((LmEvent.CallAnswered) events.get(7)).cached()).isFalse();
    assertThat(((LmEvent.CallAnswered) events.get(9)).cached()).isTrue();
  }

  @Test
  void tellsListenersOfACallThatFailed() {
    LmException error = new LmException.Unauthorized("no", null);
    Context context =
        with(new FakeModel(
                "fake",
                r -> {
                  throw error;
                }))
            .build();

    assertThatThrownBy(() -> context.callModel(request("a"))).isSameAs(error);

    assertThat(events).hasSize(4);
    assertThat(((LmEvent.CallFailed) events.get(3)).error()).isSameAs(error);
  }

  @Test
  void aListenerThatThrowsHarmsNobody() {
    List<Event> told = new ArrayList<>();
    Context context =
        Context.builder()
            .lm(FakeModel.saying("fine"))
            .listener(
                (event, metadata) -> {
                  throw new IllegalStateException("a listener's bug");
                })
            .listener((event, metadata) -> told.add(event))
            .build();

    assertThat(context.callModel(request("a")).text()).isEqualTo("fine");
    assertThat(told).hasSize(4);
  }

  @Test
  void logsTheStackTraceOfAListenerOnce() {
    AtomicInteger traces = new AtomicInteger();
    EventListener failing =
        (event, metadata) -> {
          throw new IllegalStateException("a listener's bug") {
            @Override
            public void printStackTrace(PrintStream stream) {
              traces.incrementAndGet();
            }
          };
        };
    Context context = with(FakeModel.saying("fine")).listener(failing).build();

    context.callModel(request("a"));
    context.callModel(request("b"));
    context.withListener((event, metadata) -> {}).callModel(request("c"));

    assertThat(traces).hasValue(1);
    with(FakeModel.saying("fine")).listener(failing).build().callModel(request("d"));
    assertThat(traces).hasValue(2);
  }

  @Test
  void refusesAModelThatIsNull() {
    assertThatThrownBy(() -> Context.builder().lm(null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The language model is null");
  }

  @Test
  void anInterceptorVetoesBeforeAnythingIsPaid() {
    FakeModel model = FakeModel.saying("x");
    List<LmRequest> seen = new ArrayList<>();
    Context context =
        with(model)
            .budget(Budget.ofCalls(9))
            .metadata(Context.TENANT, "acme")
            .interceptor((r, metadata) -> seen.add(r))
            .interceptor(
                (r, metadata) -> {
                  throw new IllegalArgumentException("not for " + metadata.get("tenant"));
                })
            .build();

    assertThatThrownBy(() -> context.callModel(request("a")))
        .isInstanceOf(LmException.Vetoed.class)
        .hasMessage("An interceptor vetoed the call: not for acme")
        .hasCauseInstanceOf(IllegalArgumentException.class);

    assertThat(model.calls()).isZero();
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).cacheScope()).isEqualTo("acme");
    assertThat(events).hasSize(2).last().isInstanceOf(LmEvent.CallFailed.class);
    assertThat(context.budget().spentCalls()).isZero();
  }

  @Test
  void refusesDefaultsWithACredential() {
    LanguageModel secret =
        new LanguageModel() {
          @Override
          public LmResponse call(LmRequest request) {
            return reply("x");
          }

          @Override
          public String id() {
            return "vendor:model";
          }

          @Override
          public boolean holdsCredentials() {
            return true;
          }
        };

    assertThatThrownBy(() -> Context.configure(defaults -> defaults.lm(secret)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("vendor:model holds a credential")
        .hasMessageContaining("Maybe");
  }

  @Test
  void refusesDefaultsWithMetadata() {
    assertThatThrownBy(() -> Context.configure(defaults -> defaults.metadata("tenant", "acme")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[tenant]")
        .hasMessageContaining("Maybe");
  }

  @Test
  void defaultsHoldWhereNothingIsBound() {
    LmOptions before = Context.current().options();
    try {
      Context.configure(defaults -> defaults.options(LmOptions.defaults().withMaxTokens(77)));

      assertThat(Context.current().options().maxTokens()).isEqualTo(77);
      assertThat(Context.builder().build().options().maxTokens()).isEqualTo(77);
    } finally {
      Context.configure(defaults -> defaults.options(before));
    }
  }

  @Test
  void aListenerOfTheProcessIsTakenOffAgain() {
    List<Event> told = new ArrayList<>();
    EventListener listener = (event, metadata) -> told.add(event);
    FakeModel model = FakeModel.saying("x");
    Context.configure(defaults -> defaults.listener(listener));
    try {
      Context.builder().lm(model).build().ask("s", "a");
      assertThat(told).hasSize(4);
    } finally {
      Context.configure(defaults -> defaults.removeListener(listener));
    }

    Context.builder().lm(model).build().ask("s", "b");

    assertThat(told).hasSize(4);
  }

  @Test
  void printsItsModelAndNeverTheValuesOfItsMetadata() {
    Context context =
        Context.builder().lm(FakeModel.saying("x")).metadata("customer", "Jane Doe").build();

    assertThat(context).asString().isEqualTo("Context[fake:model, metadata [customer]]");
    assertThat(Context.builder().build()).asString().contains("no model");
  }
}
