package dev.hone.context;

import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Listeners, interceptors and models that throw what they should not. */
class FaultyListenerTest {
  static Stream<Throwable> anything() {
    return Stream.of(
        new IllegalStateException("unchecked"),
        new IOException("checked"),
        new NoClassDefFoundError("missing"),
        new ExceptionInInitializerError("broken"),
        new OutOfMemoryError("full"),
        new StackOverflowError("deep"),
        new AssertionError("wrong"));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> X thrown(Throwable error) throws X {
    throw (X) error;
  }

  private static EventListener throwing(Throwable error) {
    return (event, metadata) -> FaultyListenerTest.<RuntimeException>thrown(error);
  }

  @ParameterizedTest
  @MethodSource("anything")
  void whateverAListenerThrowsLosesNothing(Throwable error) {
    List<Event> told = new ArrayList<>();
    Context context =
        Context.builder()
            .lm(FakeModel.saying("fine"))
            .listener(throwing(error))
            .listener((event, metadata) -> told.add(event))
            .build();

    assertThat(context.callModel(request("a")).text()).isEqualTo("fine");
    assertThat(told).hasSize(4);
  }

  @Test
  void aListenerThatIsInterruptedKeepsTheInterrupt() {
    Context context = Context.builder().lm(FakeModel.saying("fine")).build();

    context.withListener(throwing(new InterruptedException())).emit(() -> context.span().stamp());

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aListenerCanBeRemoved() {
    List<Event> told = new ArrayList<>();
    EventListener listener = (event, metadata) -> told.add(event);
    Context with =
        Context.builder()
            .lm(FakeModel.saying("fine"))
            .listener(listener)
            .listener(listener)
            .build();

    with.withoutListener(listener).callModel(request("a"));
    with.toBuilder().removeListener(listener).build().callModel(request("b"));
    assertThat(told).isEmpty();
    assertThat(with.withoutListener(listener).isObserved()).isFalse();

    with.callModel(request("c"));
    assertThat(told).hasSize(8);
  }

  @ParameterizedTest
  @MethodSource("anything")
  void whateverAnInterceptorThrowsVetoes(Throwable error) {
    FakeModel model = FakeModel.saying("x");
    Context context =
        Context.builder()
            .lm(model)
            .interceptor((r, metadata) -> FaultyListenerTest.<RuntimeException>thrown(error))
            .build();

    assertThatThrownBy(() -> context.callModel(request("a")))
        .isInstanceOf(LmException.Vetoed.class)
        .hasCause(error);
    assertThat(model.calls()).isZero();
  }

  @Test
  void everyStartHasItsEndThoughTheModelThrowsAnError() {
    List<String> told = new ArrayList<>();
    AssertionError error = new AssertionError("from a test's model");
    FakeModel model =
        new FakeModel(
            "fake",
            r -> {
              throw error;
            });
    Context context =
        Context.builder()
            .lm(model)
            .listener((event, metadata) -> told.add(event.getClass().getSimpleName()))
            .build();

    assertThatThrownBy(() -> context.callModel(request("a"))).isSameAs(error);

    assertThat(told)
        .containsExactly("CallStarted", "AttemptStarted", "AttemptFailed", "CallFailed");
  }
}
