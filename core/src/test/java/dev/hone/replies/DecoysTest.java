package dev.hone.replies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.adapter.ReplyFormatException;
import dev.hone.adapter.TwoStepView;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer is told from thoughts, drafts, echoes, quotations and what a model writes on after it.
 * {@code -Dhone.reading.decoys=100000} runs more of them, and {@code -Dhone.reading.seed=1} others.
 */
@Tag("once")
class DecoysTest {
  private static final int COUNT = Integer.getInteger("hone.reading.decoys", 5_000);
  private static final long SEED = Long.getLong("hone.reading.seed", 0);

  private final Tally tally = new Tally();

  @Test
  void nothingThatOnlyLooksLikeTheAnswerIsTakenForIt() {
    run(Adapter.chat(), Adapter.json());
  }

  @Test
  void nothingInTagsThatOnlyLooksLikeTheAnswerIsTakenForIt() {
    run(Adapter.xml(), Adapter.xml());
  }

  @Test
  void nothingOfTheExtractorOfTwoStepThatOnlyLooksLikeTheAnswerIsTakenForIt() {
    run(new TwoStepView(Adapter.chat()), new TwoStepView(Adapter.json()));
  }

  private void run(Adapter one, Adapter other) {
    Integer hung = ManyReplies.each(COUNT, index -> read(index, one, other));

    System.out.println(tally);
    assertThat(hung).as("decoy that does not end").isNull();
    assertThat(tally.of("wrong")).as("read as something else").isZero();
    assertThat(tally.of("broke")).as("exceptions of other types").isZero();
    assertThat(tally.of("right")).as("read right").isGreaterThanOrEqualTo(COUNT * 99 / 100);
  }

  private void read(int index, Adapter one, Adapter other) {
    Decoy decoy = Decoy.of(SEED * 1_000_000_007L + index, one, other);
    String words = "decoy %d: %s".formatted(index, decoy.reply());
    try {
      ObjectNode read =
          decoy
              .adapter()
              .parse(decoy.prompt(), LmResponse.of(decoy.reply(), LmUsage.UNKNOWN, "test"));
      if (SameValue.of(decoy.outputs(), decoy.right(), read)) {
        tally.add(decoy.kind(), "right");
      } else {
        tally.show(decoy.kind(), "wrong", read + " of " + words);
      }
    } catch (ReplyFormatException refused) {
      tally.show(decoy.kind(), "refused", refused.getMessage() + " of " + words);
    } catch (RuntimeException | StackOverflowError e) {
      tally.show(decoy.kind(), "broke", e + " of " + words);
    }
  }
}
