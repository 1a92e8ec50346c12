package dev.hone.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VotesTest {
  @Test
  void theMostFrequentWinsAndOfEquallyFrequentOnesTheFirst() {
    assertThat(Votes.winner(List.of("a", "b", "b"))).contains("b");
    assertThat(Votes.winner(List.of("b", "a", "a", "b", "c"))).contains("b");
    assertThat(Votes.winner(List.of())).isEmpty();
  }

  @Test
  void isDecidedExactlyIfNoFurtherVotesGiveAnotherWinner() {
    Random random = new Random(7);
    for (int run = 0; run < 3_000; run++) {
      List<Integer> first = random.ints(random.nextInt(6), 0, 3).boxed().toList();
      int left = random.nextInt(4);
      Votes<Integer> votes = new Votes<>();
      first.forEach(votes::add);

      assertThat(votes.isDecided(left))
          .as("%s and %d more", first, left)
          .isEqualTo(canOnlyBe(first, left));
    }
  }

  /** Tries all further votes for four values, one of which is new. */
  private static boolean canOnlyBe(List<Integer> votes, int left) {
    return sameThrough(votes, votes, left);
  }

  private static boolean sameThrough(List<Integer> votes, List<Integer> more, int left) {
    if (!Votes.winner(votes).equals(Votes.winner(more))) {
      return false;
    }
    for (int value = 0; left > 0 && value < 4; value++) {
      List<Integer> next = new ArrayList<>(more);
      next.add(value);
      if (!sameThrough(votes, next, left - 1)) {
        return false;
      }
    }
    return true;
  }
}
