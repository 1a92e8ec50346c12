package dev.hone.context;

import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.FakeModel;
import dev.hone.lm.LmUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UsageTest {
  private final Context context = Context.builder().lm(FakeModel.saying("x")).build();

  private static String ask(String question) {
    return Context.current().callModel(request(question)).text();
  }

  @Test
  void countsCallsCachedCallsAndTokens() {
    Usage.Tracked<String> tracked =
        context.call(() -> Usage.track(() -> ask("a") + ask("a") + ask("b")));

    assertThat(tracked.value()).isEqualTo("xxx");
    assertThat(tracked.spend()).isEqualTo(Spend.of(2, 1, LmUsage.of(20, 10)));
  }

  @Test
  void countsContextsThatAreBoundOrCalledInside() {
    Context other = Context.builder().lm(FakeModel.saying("y")).build();

    Usage.Tracked<String> tracked =
        context.call(
            () ->
                Usage.track(
                    () -> {
                      String bound = other.call(() -> ask("a"));
                      String called = other.ask("", "b");
                      try (var scope = other.open()) {
                        return bound + called + ask("c");
                      }
                    }));

    assertThat(tracked.value()).isEqualTo("yyy");
    assertThat(tracked.spend().lmCalls()).isEqualTo(3);
    other.call(() -> ask("d"));
    assertThat(tracked.spend().lmCalls()).isEqualTo(3);
  }

  @Test
  void countsTheThreadsOfHoneAndThoseAContextIsCarriedTo() throws Exception {
    Context other = Context.builder().lm(FakeModel.saying("y")).build();

    Usage.Tracked<List<String>> tracked =
        context.call(
            () ->
                Usage.track(
                    () -> {
                      List<Integer> numbers = IntStream.range(0, 30).boxed().toList();
                      Callable<String> carried = other.wrap(() -> ask("carried"));
                      FutureTask<String> task = new FutureTask<>(carried);
                      new Thread(task).start();
                      List<String> texts =
                          new ArrayList<>(
                              Context.current().workers().map(numbers, i -> ask("q" + i)));
                      texts.add(task.get());
                      return texts;
                    }));

    assertThat(tracked.value()).hasSize(31);
    assertThat(tracked.spend().lmCalls()).isEqualTo(31);
  }

  @Test
  void theOuterOneCountsWhatTheInnerOneDoes() throws IOException {
    List<Spend> inner = new ArrayList<>();

    Usage.Tracked<String> outer =
        context.call(
            () ->
                Usage.track(
                    () -> {
                      Usage.Tracked<String> within = Usage.track(() -> ask("a"));
                      inner.add(within.spend());
                      if (within.value().isEmpty()) {
                        throw new IOException("a checked one passes");
                      }
                      return ask("b");
                    }));

    assertThat(inner.get(0).lmCalls()).isEqualTo(1);
    assertThat(outer.spend().lmCalls()).isEqualTo(2);
  }

  @Test
  void doesNotCountACallTwiceThatItHearsOfOnTwoWays() {
    Usage.Tracked<String> tracked =
        context.call(() -> Usage.track(() -> Context.current().call(() -> ask("a"))));

    assertThat(tracked.spend().lmCalls()).isEqualTo(1);
  }
}
