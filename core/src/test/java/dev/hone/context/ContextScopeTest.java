package dev.hone.context;

import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a context is bound: by a scope that is opened, and by code that may throw what it likes. */
@Timeout(30)
class ContextScopeTest {
  private final Context outer = Context.builder().metadata("request", "outer").build();
  private final Context inner = Context.builder().metadata("request", "inner").build();

  @AfterEach
  void bindsNothingBeyondATest() {
    assertThat(Context.current().metadata()).isEmpty();
  }

  @Test
  void isBoundUntilItIsClosed() {
    List<Context> seen = new ArrayList<>();
    try (var first = outer.open()) {
      seen.add(Context.current());
      try (var second = inner.open()) {
        seen.add(Context.current());
        second.close();
        first.close();
      }
    }

    assertThat(seen).containsExactly(outer, inner);
    assertThat(Context.current()).isNotSameAs(outer);
  }

  @Test
  void refusesToBeClosedOutOfOrder() {
    ContextScope first = outer.open();
    ContextScope second = inner.open();

    assertThatThrownBy(first::close)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is closed while another one is bound")
        .hasMessageContaining("Maybe close scopes in reverse order");
    assertThat(Context.current()).isSameAs(inner);

    second.close();
    first.close();
  }

  @Test
  void refusesToBeClosedOutOfOrderWhereOneContextIsOpenedTwice() {
    ContextScope first = outer.open();
    ContextScope second = outer.open();

    assertThatThrownBy(first::close)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is closed while another one is bound");
    second.close();
    assertThat(Context.current()).isSameAs(outer);
    first.close();
  }

  @Test
  void refusesToBeClosedWithinACallOfTheSameContext() {
    ContextScope scope = outer.open();

    outer.run(() -> assertThatThrownBy(scope::close).isInstanceOf(InvalidInputException.class));

    assertThat(Context.current()).isSameAs(outer);
    scope.close();
    assertThat(Context.current().metadata()).isEmpty();
  }

  @Test
  void refusesToBeClosedOnAnotherThread() throws Exception {
    try (ContextScope scope = outer.open()) {
      FutureTask<Throwable> other =
          new FutureTask<>(
              () -> {
                try {
                  scope.close();
                  return new AssertionError("closed");
                } catch (InvalidInputException e) {
                  return e;
                }
              });
      new Thread(other, "the other one").start();

      assertThat(other.get())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("is closed on the thread the other one. Maybe open and close");
      assertThat(Context.current()).isSameAs(outer);
    }
  }

  private static String read(boolean fails) throws IOException {
    if (fails) {
      throw new IOException("no file");
    }
    return Context.current().metadata().get("request");
  }

  @Test
  void passesACheckedExceptionOnAsItsOwnType() throws IOException {
    assertThat(outer.call(() -> read(false))).isEqualTo("outer");
    try {
      outer.run(() -> read(true));
      throw new AssertionError("nothing was thrown");
    } catch (IOException e) {
      assertThat(e).hasMessage("no file");
    }
    assertThatThrownBy(
            () ->
                outer.call(
                    () -> {
                      throw new TimeoutException("late");
                    }))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void needsNoHandlingAroundCodeThatThrowsNothing() {
    String value = outer.call(() -> "value");
    List<String> list = outer.call(() -> new ArrayList<>(List.of(value)));
    outer.run(() -> list.add("other"));
    outer.run(list::clear);

    assertThat(list).isEmpty();
  }

  @Test
  void aForgottenContextSaysHowToBindIt() {
    Context forgotten = Context.builder().lm(FakeModel.saying("x")).build();

    assertThatThrownBy(() -> Context.current().callModel(request("a")))
        .isInstanceOf(MissingModelException.class)
        .hasMessageContaining("context.call(")
        .hasMessageContaining("context.open()");
    assertThat(forgotten.callModel(request("a")).text()).isEqualTo("x");
  }

  @Test
  void asksTheModelOnePlainQuestionUnderItsOptions() {
    List<LmRequest> asked = new ArrayList<>();
    FakeModel model =
        new FakeModel(
            "fake",
            r -> {
              asked.add(r);
              return FakeModel.reply("Bern");
            });
    Context context =
        Context.builder().lm(model).options(LmOptions.defaults().withMaxTokens(5)).build();

    assertThat(context.ask("Answer in a word.", "The capital?")).isEqualTo("Bern");
    LmResponse again = context.callModel(asked.get(0));

    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).messages())
        .extracting("text")
        .containsExactly("Answer in a word.", "The capital?");
    assertThat(asked.get(0).options().maxTokens()).isEqualTo(5);
    assertThat(again.cached()).isTrue();
  }
}
