package dev.hone.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.program.Predict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class SameRequestSameReplyTest {
  /** The hash of a million of them, on JDK 17 and 25. */
  private static final long GAUSSIANS = -5008537956037998232L;

  private static final String RECORDS =
      """
      text: I love this phone, it is great.
      label: GOOD

      text: What a wonderful day at the sea.
      label: GOOD

      text: The cake was delicious and sweet.
      label: GOOD

      text: My new shoes fit perfectly.
      label: GOOD

      text: The concert was fantastic.
      label: GOOD

      text: The hotel was dirty and loud.
      label: BAD

      text: I hate waiting in the rain.
      label: BAD

      text: My suitcase was broken.
      label: BAD

      text: The waiter was rude to us.
      label: BAD

      text: The film was boring.
      label: BAD\
      """;

  private static final Predict<ObjectNode, ObjectNode> WRITER =
      Asking.predict("records -> advice", "Say what the labels mean.");

  private static String write(double temperature, long rolloutId) {
    Context context =
        Context.builder()
            .lm(EmbeddedModel.load())
            .options(LmOptions.defaults().withTemperature(temperature).withRolloutId(rolloutId))
            .build();
    ObjectNode input = Json.object().put("records", RECORDS);
    return context.call(() -> WRITER.run(input)).get("advice").stringValue();
  }

  @Test
  void equalRequestsGetEqualRepliesFromSixteenThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int topic = i;
      LmRequest request =
          Asking.render(
                  Adapter.chat(), WRITER, Json.object().put("records", RECORDS + " Topic " + topic))
              .withOptions(LmOptions.defaults().withTemperature(i % 2 * 0.9));
      calls.addAll(Collections.nCopies(16, () -> EmbeddedModel.load().call(request).text()));
    }

    List<String> replies = new ArrayList<>();
    try {
      for (Future<String> reply : threads.invokeAll(calls)) {
        replies.add(reply.get());
      }
    } finally {
      threads.shutdownNow();
    }

    for (int i = 0; i < replies.size(); i++) {
      assertThat(replies.get(i)).isEqualTo(replies.get(i / 16 * 16));
    }
  }

  @Test
  void withoutTemperatureTheRolloutChangesNothing() {
    Set<String> texts = new HashSet<>();
    for (long rollout = 0; rollout < 8; rollout++) {
      texts.add(write(0, rollout));
    }

    assertThat(texts).hasSize(1);
  }

  @Test
  void withTemperatureEachRolloutIsAnotherTextAndTheSameOneEachTime() {
    Set<String> texts = new HashSet<>();
    for (long rollout = 0; rollout < 8; rollout++) {
      texts.add(write(1, rollout));
      assertThat(write(1, rollout)).isIn(texts);
    }

    assertThat(texts).hasSizeGreaterThanOrEqualTo(5);
  }

  @Test
  void withTemperatureAnUncertainChoiceVariesAndACertainOneDoesNot() {
    Predict<ObjectNode, ObjectNode> predict =
        Asking.predict("note -> kind: enum[dog|banana]", "Which one?");
    Set<String> certain = new HashSet<>();
    Set<String> uncertain = new HashSet<>();

    for (long rollout = 0; rollout < 30; rollout++) {
      LmOptions options = LmOptions.defaults().withTemperature(1.0).withRolloutId(rollout);
      certain.add(kind(predict, options, "The dog barks. A dog is a dog."));
      uncertain.add(kind(predict, options, "Parliament will vote on Monday."));
    }

    assertThat(certain).hasSize(1).allMatch(reply -> reply.contains("dog"));
    assertThat(uncertain).hasSize(2);
  }

  private static String kind(
      Predict<ObjectNode, ObjectNode> predict, LmOptions options, String note) {
    LmRequest request =
        Asking.render(Adapter.chat(), predict, Json.object().put("note", note))
            .withOptions(options);
    return EmbeddedModel.load().call(request).text();
  }

  @Test
  void countsWordsAsTokens() {
    LmRequest request = LmRequest.of(LmMessage.user("  One two\nthree. "));

    assertThat(EmbeddedModel.load().call(request).usage().promptTokens()).isEqualTo(3);
  }

  /** Their algorithm is the JDK's; another one would change replies between JDKs. */
  @Test
  void theJdksGaussiansAreThoseThatRepliesWereMadeWith() {
    long hash = 0;
    for (long seed = 0; seed < 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed * 77777);
      for (int i = 0; i < 10_000; i++) {
        hash = hash * 31 + Double.doubleToLongBits(random.nextGaussian());
      }
    }

    assertThat(hash).isEqualTo(GAUSSIANS);
  }
}
