package dev.hone.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;
import dev.hone.program.Programs.Hop;
import dev.hone.program.Programs.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private final FakeModel model =
      FakeModel.answeringLast(
          last ->
              last.contains("[[ ## query ## ]]")
                  ? FakeModel.chat("query", "the query")
                  : FakeModel.chat("answer", "the answer"));
  private final History history = History.ofLast(20);

  private Context listening(String tenant) {
    return model.context().toBuilder().metadata("tenant", tenant).listener(history).build();
  }

  private static void ask(Context context, String text) {
    context.run(() -> context.ask("Be brief.", text));
  }

  @Test
  void hasRequestReplyTokensTimeModelPredictorAndMetadataOfEachCall() {
    listening("acme").run(() -> Compiled.of(Hop.create()).run(new Question("Who?")));

    List<RecordedCall> calls = history.last(5);
    assertThat(calls).extracting(RecordedCall::predictor).containsExactly("query", "answer");
    RecordedCall last = calls.get(1);
    assertThat(last.request())
        .contains("--- system ---", "Answer briefly.", "--- user ---", "the query");
    assertThat(last.reply()).contains("the answer");
    assertThat(last.usage().promptTokens()).isEqualTo(10);
    assertThat(last.usage().completionTokens()).isEqualTo(5);
    assertThat(last.duration()).isPositive();
    assertThat(last.modelId()).isEqualTo("fake:model");
    assertThat(last.metadata()).containsEntry("tenant", "acme");
    assertThat(last.problem()).isEmpty();
    assertThat(last.cached()).isFalse();
  }

  @Test
  void showsTheLastCallsWithTheirRepliesTheNewestAtTheEnd() {
    listening("acme").run(() -> Compiled.of(Hop.create()).run(new Question("Who?")));

    assertThat(history.inspect(1))
        .contains("predictor answer", "10 + 5 tokens", "{tenant=acme}", "--- user ---")
        .endsWith("--- reply ---\n" + FakeModel.chat("answer", "the answer"))
        .doesNotContain("predictor query");
    assertThat(history.inspect(9)).containsSubsequence("predictor query", "predictor answer");
    assertThat(History.ofLast(1).inspect(3)).isEqualTo("no calls");
  }

  @Test
  void saysThatACacheAnswered() {
    Context context = listening("acme");
    ask(context, "a");
    ask(context, "a");

    assertThat(history.last(2)).extracting(RecordedCall::cached).containsExactly(false, true);
    assertThat(history.inspect(1)).contains("answered from the cache");
  }

  @Test
  void keepsCallsThatFailedWithTheReason() {
    FakeModel down =
        FakeModel.responding(
            request -> {
              throw new LmException.Unavailable("down, key " + FakeModel.KEY, null, null);
            });
    LmPipeline once = LmPipeline.builder(down).retry(RetrySettings.none()).build();
    Context context = Context.builder().lm(once).listener(history).build();

    assertThatThrownBy(() -> ask(context, "a")).isInstanceOf(LmException.class);

    RecordedCall call = history.last(1).get(0);
    assertThat(call.problem().orElseThrow()).startsWith("Unavailable: down, key sk-[hidden]");
    assertThat(call.reply()).isEmpty();
    assertThat(history.inspect(1)).contains("--- failed ---").doesNotContain(FakeModel.KEY);
  }

  @Test
  void showsNoCredentialOfARequestAReplyOrMetadata() {
    FakeModel parrot = FakeModel.answeringLast(text -> "You said: " + text);
    Context context =
        parrot.context().toBuilder()
            .metadata("user", "api_key=" + FakeModel.KEY)
            .listener(history)
            .build();

    ask(context, "My key is " + FakeModel.KEY);

    RecordedCall call = history.last(1).get(0);
    assertThat(history.inspect(1) + call + call.request() + call.reply() + call.metadata())
        .doesNotContain(FakeModel.KEY)
        .contains("sk-[hidden]");
  }

  @Test
  void hidesMetadataWhoseNameSaysThatItIsACredential() {
    Context context =
        model.context().toBuilder()
            .metadata("password", "hunter2")
            .metadata("tenant_api_key", "acme 1234")
            .metadata("tenant", "acme")
            .listener(history)
            .build();

    ask(context, "a");

    RecordedCall call = history.last(1).get(0);
    assertThat(call.metadata())
        .containsEntry("password", "[hidden]")
        .containsEntry("tenant_api_key", "[hidden]")
        .containsEntry("tenant", "acme");
    assertThat(call.toString()).doesNotContain("hunter2", "1234").contains("tenant=acme");
    assertThat(call.has("password", "hunter2")).isTrue();
  }

  @Test
  void isBoundedByTheNumberOfCalls() {
    History two = History.ofLast(2);
    Context context = model.context().toBuilder().listener(two).build();
    IntStream.range(0, 5).forEach(i -> ask(context, "question " + i));

    assertThat(two.last(10))
        .extracting(RecordedCall::request)
        .allMatch(r -> r.contains("question"));
    assertThat(two.last(10)).hasSize(2);
    assertThat(two.inspect(10)).doesNotContain("question 2").containsSubsequence("question 3", "4");
    assertThat(two.seen()).isEqualTo(5);
    assertThat(two).hasToString("History[2 of 5 calls]");
  }

  @Test
  void isBoundedByTheNumberOfCharactersWhateverTheCallsHold() {
    History small = History.of(1_000, 20_000);
    Context context = model.context().toBuilder().listener(small).build();
    for (int i = 0; i < 200; i++) {
      ask(context, i + " " + "x".repeat(i * 100));
    }

    long characters =
        small.last(1_000).stream().mapToLong(c -> c.request().length() + c.reply().length()).sum();
    assertThat(characters).isBetween(2_000L, 20_000L);
    assertThat(small.last(1).get(0).request())
        .contains("199 xxx", "characters in all")
        .hasSizeLessThan(3_000);
  }

  @Test
  void cutsALongTextWithoutLeavingPartsOfACredential() {
    History small = History.of(10, 8_000);
    Context context = model.context().toBuilder().listener(small).build();
    for (int i = 0; i < FakeModel.KEY.length() + 40; i++) {
      ask(context, "y".repeat(3_000) + " " + FakeModel.KEY + " " + "z".repeat(460 + i));
    }

    assertThat(small.inspect(100)).doesNotContain("5f1e8c", "0d7a", "e8c0d");
  }

  @Test
  void givesTheCallsOfOneTenant() {
    ask(listening("acme"), "from acme");
    ask(listening("globex"), "from globex");

    assertThat(history.last(5, call -> call.has("tenant", "acme")))
        .singleElement()
        .satisfies(call -> assertThat(call.request()).contains("from acme"));
    assertThat(history.inspect(5, call -> call.has("tenant", "globex")))
        .contains("from globex")
        .doesNotContain("acme");
  }

  @Test
  void holdsWhatThreadsCallAtOnce() throws InterruptedException {
    History shared = History.ofLast(1_000);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      Context context = model.context().toBuilder().listener(shared).build();
      int number = t;
      threads.add(
          new Thread(() -> IntStream.range(0, 50).forEach(i -> ask(context, number + " of " + i))));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(shared.seen()).isEqualTo(400);
    assertThat(shared.last(1_000).stream().map(RecordedCall::request).distinct()).hasSize(400);
  }

  @Test
  void forgetsWhatItIsTold() {
    ask(listening("acme"), "a");
    history.clear();

    assertThat(history.last(3)).isEmpty();
  }

  @Test
  void refusesBoundsThatKeepNothing() {
    assertThatThrownBy(() -> History.ofLast(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("mostCalls (0)", "Maybe raise it to 1");
    assertThatThrownBy(() -> History.of(5, 10)).hasMessageContaining("mostCharacters (10)");
  }
}
