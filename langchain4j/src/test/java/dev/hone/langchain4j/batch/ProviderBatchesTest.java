package dev.hone.langchain4j.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hone.langchain4j.LangChain4jModel;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.langchain4j.anthropic.AnthropicModels;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.batch.BatchApi;
import dev.hone.lm.batch.BatchTiming;
import dev.hone.lm.batch.BatchedModel;
import dev.hone.modelserver.BatchBehavior;
import dev.hone.modelserver.FaultPlan;
import dev.hone.modelserver.ModelServer;
import dev.hone.modelserver.ModelServer.Api;
import dev.hone.modelserver.WireFault;
import dev.hone.pipeline.LmPipeline;
import dev.hone.testkit.ScriptedModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both batch APIs over the wire, against a server on loopback. */
@Tag("once")
class ProviderBatchesTest {
  private static final BatchTiming QUICK =
      BatchTiming.defaults()
          .gathering(Duration.ofMillis(700), Duration.ofSeconds(20))
          .looks(Duration.ofMillis(20), Duration.ofMillis(100));

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  private static ModelServer.Builder server() {
    return ModelServer.builder(
            ScriptedModel.answering(
                request ->
                    "answer to \"%s\" at %s"
                        .formatted(
                            request.messages().get(request.messages().size() - 1).text(),
                            request.options().temperature())))
        .apiKey("key-of-a-test");
  }

  private static LangChain4jModel model(Api api, ModelServer server) {
    return api == Api.OPENAI
        ? OpenAiModels.openAi("gpt-4o-mini", "key-of-a-test", server.baseUrl())
        : AnthropicModels.of("claude-haiku-4-5", "key-of-a-test", server.baseUrl());
  }

  private BatchedModel batched(LangChain4jModel model) {
    return BatchedModel.builder(model).folder(folder).timing(QUICK).build();
  }

  private static LmRequest request(int number) {
    return LmRequest.builder()
        .message(LmMessage.system("Be \"brief\".\nAlways."))
        .message(LmMessage.user("Frage %d: wie heißt das?".formatted(number)))
        .options(LmOptions.builder().temperature(0.5).maxTokens(50).build())
        .build();
  }

  private List<Future<LmResponse>> ask(LanguageModel model, int calls) {
    List<Future<LmResponse>> futures = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      LmRequest request = request(i);
      futures.add(threads.submit(() -> model.call(request)));
    }
    return futures;
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void answersAsSingleCallsDo(Api api) throws Exception {
    try (ModelServer server = server().start();
        BatchedModel batched = batched(model(api, server))) {
      batched.check();
      List<Future<LmResponse>> calls = ask(batched, 100);
      for (int i = 0; i < 100; i++) {
        assertThat(calls.get(i).get()).isEqualTo(model(api, server).call(request(i)));
      }

      assertThat(server.calls()).hasSize(200);
      assertThat(server.batches()).isBetween(1, 3);
      assertThat(server.calls().get(0).body()).isEqualTo(sentAlone(server, 0));
    }
  }

  /** What the single call sent that asks the same as one of the batch. */
  private static Object sentAlone(ModelServer server, int number) {
    String text = server.calls().get(number).text();
    return server.calls().subList(100, 200).stream()
        .filter(call -> call.text().equals(text))
        .findFirst()
        .orElseThrow()
        .body();
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void givesEachFailedRequestTheErrorThatItWouldHaveHadAlone(Api api) throws Exception {
    FaultPlan faults =
        call ->
            call.text().contains("Frage 1:")
                ? WireFault.status(400)
                : call.text().contains("Frage 2:") ? WireFault.status(429) : WireFault.none();
    try (ModelServer server = server().faults(faults).start();
        BatchedModel batched = batched(model(api, server))) {
      List<Future<LmResponse>> calls = ask(batched, 4);

      assertThat(calls.get(0).get().text()).contains("Frage 0");
      for (int i = 1; i <= 2; i++) {
        int number = i;
        Throwable alone = catchThrowable(() -> model(api, server).call(request(number)));
        assertThatThrownBy(() -> calls.get(number).get())
            .hasCauseInstanceOf(alone.getClass())
            .cause()
            .hasMessage(alone.getMessage());
      }
      assertThat(calls.get(3).get().text()).contains("Frage 3");
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void bearsRefusedLooksAndLateOutput(Api api) throws Exception {
    BatchBehavior behavior =
        BatchBehavior.defaults()
            .delay(Duration.ofMillis(100))
            .refusedLooks(2)
            .lateOutput(Duration.ofMillis(300));
    try (ModelServer server = server().batches(behavior).start();
        BatchedModel batched = batched(model(api, server))) {
      assertThat(ask(batched, 1).get(0).get().text()).contains("Frage 0");
      assertThat(server.calls()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void handsInAgainWhatExpired(Api api) throws Exception {
    try (ModelServer server = server().batches(BatchBehavior.defaults().expireAfter(4)).start();
        BatchedModel batched = batched(model(api, server))) {
      LmPipeline pipeline = LmPipeline.builder(batched).build();

      for (Future<LmResponse> call : ask(pipeline, 6)) {
        assertThat(call.get().text()).contains("Frage");
      }

      assertThat(server.calls()).hasSize(6);
      assertThat(server.batches()).isGreaterThan(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void anotherModelOnTheSameFolderGetsWhatIsPaidFor(Api api) throws Exception {
    BatchBehavior slow = BatchBehavior.defaults().delay(Duration.ofSeconds(2));
    try (ModelServer server = server().batches(slow).start()) {
      try (BatchedModel first = batched(model(api, server))) {
        ask(first, 5);
        while (first.openBatches().isEmpty()) {
          Thread.onSpinWait();
        }
      }
      try (BatchedModel second = batched(model(api, server))) {
        for (Future<LmResponse> call : ask(second, 5)) {
          assertThat(call.get().text()).contains("Frage");
        }
      }

      assertThat(server.calls()).hasSize(5);
    }
  }

  @Test
  void saysThatAServerHasNoBatches() {
    try (ModelServer server = server().apis(Api.ANTHROPIC).start();
        BatchedModel batched =
            BatchedModel.of(
                OpenAiModels.openAiCompatible("m", server.baseUrl(), "key-of-a-test"))) {
      assertThatThrownBy(batched::check)
          .isInstanceOf(LmException.InvalidRequest.class)
          .hasMessageContaining("has no batch API");
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void refusesAWrongKeyBeforeAnythingIsHandedIn(Api api) {
    try (ModelServer server = server().start().requireApiKey("another");
        BatchedModel batched = batched(model(api, server))) {
      assertThatThrownBy(batched::check)
          .isInstanceOf(LmException.Unauthorized.class)
          .hasMessageNotContaining("key-of-a-test");
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void findsABatchByItsMark(Api api) {
    try (ModelServer server = server().start()) {
      var batches = model(api, server).batchApi().orElseThrow();
      var items = List.of(new BatchApi.Item("mark-0", request(0)));
      var before = Instant.now();
      String id = batches.submit("mark", items);

      assertThat(batches.find("mark", 1, before)).contains(id);
      assertThat(batches.find("other", 2, before)).isEmpty();
      assertThat(batches.look("no-such-batch")).isEmpty();
    }
  }
}
