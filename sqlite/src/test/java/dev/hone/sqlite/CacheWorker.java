package dev.hone.sqlite;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.pipeline.LmPipeline;
import dev.hone.testkit.ScriptedModel;
import dev.hone.testkit.SlowModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A process of {@link TwoProcessesTest}: asks each of a number of questions twice, on four threads,
 * and prints a line {@code PAID question from to} for each reply that it paid for, after the reply
 * was kept, with the microseconds between which the call was under way. Prints {@code DONE} at the
 * end, if every reply was the right one.
 */
final class CacheWorker {
  static final int THREADS = 4;

  private CacheWorker() {}

  /** Arguments: the file, the number of questions, the seed of their order. */
  public static void main(String[] args) throws Exception {
    try (SqliteCache cache = SqliteCache.open(Path.of(args[0]))) {
      LanguageModel model =
          SlowModel.of(
              ScriptedModel.answering(request -> answer(request.messages().get(0).text())),
              Duration.ofMillis(1));
      LmPipeline pipeline = LmPipeline.builder(model).cache(cache).build();
      List<Integer> questions = questions(Integer.parseInt(args[1]), Long.parseLong(args[2]));
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      List<Callable<Boolean>> calls = new ArrayList<>();
      questions.forEach(question -> calls.add(() -> ask(pipeline, "question " + question)));
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        call.get();
      }
      threads.shutdown();
    }
    System.out.println("DONE");
  }

  /** The first time in an order that all processes share, the second in one of its own. */
  private static List<Integer> questions(int count, long seed) {
    List<Integer> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      questions.add(i);
    }
    List<Integer> again = new ArrayList<>(questions);
    Collections.shuffle(again, new Random(seed));
    questions.addAll(again);
    return questions;
  }

  static String answer(String question) {
    return "the answer to " + question + " " + "x".repeat(question.hashCode() & 1023);
  }

  private static boolean ask(LmPipeline pipeline, String question) {
    long from = micros();
    LmResponse reply = pipeline.call(LmRequest.of(LmMessage.user(question)));
    if (!reply.text().equals(answer(question))) {
      throw new IllegalStateException("wrong reply to " + question + ": " + reply.text());
    }
    if (!reply.cached()) {
      System.out.println("PAID " + question.replace("question ", "") + " " + from + " " + micros());
    }
    return true;
  }

  private static long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
