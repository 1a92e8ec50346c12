package dev.hone.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.model.ModelOptions.OpenModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.ModelSpec;
import dev.hone.modelserver.ModelServer;
import dev.hone.pipeline.TrafficSettings;
import dev.hone.project.ProgramFile;
import dev.hone.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallLimitTest {
  @TempDir private Path folder;

  /** Starts another thread during its first call, and goes on once that waits or has ended. */
  private record Holding(AtomicReference<Thread> other) implements LanguageModel {
    @Override
    public LmResponse call(LmRequest request) {
      Thread started = other.getAndSet(null);
      if (started != null) {
        started.start();
        while (started.getState() != Thread.State.TERMINATED && !waitsForAPlace(started)) {
          Thread.onSpinWait();
        }
      }
      return LmResponse.of("ok", LmUsage.NONE, "m");
    }

    private static boolean waitsForAPlace(Thread thread) {
      String stack = Arrays.toString(thread.getStackTrace());
      return stack.contains(CallLimit.class.getName())
          && stack.contains(Semaphore.class.getName() + ".acquire");
    }

    @Override
    public String id() {
      return "holding";
    }
  }

  private static LmRequest request() {
    return LmRequest.of(LmMessage.user("hello"));
  }

  @Test
  void holdsForAllModelsOfACommandTogether() throws IOException, InterruptedException {
    AtomicReference<Thread> second = new AtomicReference<>();
    try (ModelServer server = ModelServer.start(new Holding(second));
        OpenModel open =
            new OpenModel(
                ModelSpec.parse("openai-compatible:first@" + server.baseUrl()),
                remote -> DiskCache.NONE,
                1,
                TrafficSettings.defaults(),
                null);
        ProgramFile project =
            open.serving(project("teacher: openai-compatible:second@" + server.baseUrl()))) {
      LanguageModel teacher = project.teacher().orElseThrow();
      AtomicReference<String> answer = new AtomicReference<>();
      Thread thread = new Thread(() -> answer.set(teacher.call(request()).text()));
      second.set(thread);

      open.lm().call(request());
      thread.join();

      assertThat(answer).hasValue("ok");
      assertThat(server.calls()).hasSize(2);
      assertThat(server.maxInFlight()).isEqualTo(1);
    }
  }

  @Test
  void aRateHoldsForAModelWhoeverAsksIt() throws IOException {
    try (ModelServer server = ModelServer.start(ScriptedModel.answering(request -> "ok"));
        OpenModel open =
            new OpenModel(
                ModelSpec.parse("openai-compatible:first@" + server.baseUrl()),
                remote -> DiskCache.NONE,
                16,
                TrafficSettings.defaults().requestsPerMinute(60),
                null);
        ProgramFile project =
            open.serving(project("teacher: openai-compatible:first@" + server.baseUrl()))) {
      long start = System.nanoTime();

      open.lm().call(request());
      project.teacher().orElseThrow().call(LmRequest.of(LmMessage.user("another")));

      assertThat(System.nanoTime() - start).isGreaterThan(900_000_000L);
    }
  }

  private ProgramFile project(String line) throws IOException {
    Path file = folder.resolve("tickets.hone.yaml");
    Files.writeString(
        file,
        """
        task: Route the ticket.
        inputs:  { text: what the customer wrote }
        outputs:
          topic: { one of: [BILLING, LOGIN] }
        %s
        """
            .formatted(line));
    return ProgramFile.load(file);
  }
}
