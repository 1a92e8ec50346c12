package dev.hone.datasets;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Cuts conversations at a random turn, so that a program is asked for the next one. Immutable and
 * thread-safe; the settings are copies.
 *
 * <pre>{@code
 * var cut = ConversationTruncator.seed(101).minTurns(1).endingWith("Customer").withNextTurn()
 *     .truncate(dataset, Chat::conversation,
 *         (example, part) -> Example.of(new Transcript(part.text()), new Reply(part.reply())));
 * }</pre>
 *
 * <p>Where a conversation is cut depends on the seed and on its id only, not on the others: the
 * same seed gives the same cut in any order. All places where it may be cut are equally likely.
 */
public final class ConversationTruncator {
  private final RandomSource random;
  private final int minTurns;
  private final String last;
  private final boolean nextTurn;
  private final List<String> speakers;
  private final String idExtra;

  private ConversationTruncator(
      RandomSource random,
      int minTurns,
      String last,
      boolean nextTurn,
      List<String> speakers,
      String idExtra) {
    this.random = random;
    this.minTurns = minTurns;
    this.last = last;
    this.nextTurn = nextTurn;
    this.speakers = List.copyOf(speakers);
    this.idExtra = idExtra;
  }

  /** A truncator that keeps one turn at least and may end on any speaker. */
  public static ConversationTruncator seed(long seed) {
    return new ConversationTruncator(new RandomSource(seed), 1, "", false, List.of(), "");
  }

  /**
   * A copy that keeps this number of turns at least; default 1.
   *
   * @throws InvalidInputException if it is below 1
   */
  public ConversationTruncator minTurns(int value) {
    SettingCheck.atLeast("minTurns", value, 1);
    return new ConversationTruncator(random, value, last, nextTurn, speakers, idExtra);
  }

  /** A copy that ends on a turn of this speaker, in any case; default: of any. */
  public ConversationTruncator endingWith(String speaker) {
    return new ConversationTruncator(
        random, minTurns, speaker.strip(), nextTurn, speakers, idExtra);
  }

  /**
   * A copy that cuts only where another turn follows, to be the label; default: also at the end.
   */
  public ConversationTruncator withNextTurn() {
    return new ConversationTruncator(random, minTurns, last, true, speakers, idExtra);
  }

  /** A copy for which only these begin a turn, so that {@code Note: ...} does not. */
  public ConversationTruncator speakers(String... names) {
    return new ConversationTruncator(random, minTurns, last, nextTurn, List.of(names), idExtra);
  }

  /** A copy that takes the id of a conversation from an extra; default: the id of its example. */
  public ConversationTruncator idFrom(String extra) {
    return new ConversationTruncator(random, minTurns, last, nextTurn, speakers, extra);
  }

  /**
   * Cuts one conversation; empty if it cannot be cut as set.
   *
   * @param id what its cut is drawn by, with the seed
   */
  public Optional<TruncatedConversation> truncate(String id, String conversation) {
    return truncate(id, Conversation.parse(conversation, speakers.toArray(String[]::new)));
  }

  /** As {@link #truncate(String, String)}, of turns. */
  public Optional<TruncatedConversation> truncate(String id, Conversation conversation) {
    List<Turn> turns = conversation.turns();
    int[] ends =
        IntStream.rangeClosed(minTurns, turns.size() - (nextTurn ? 1 : 0))
            .filter(end -> last.isEmpty() || turns.get(end - 1).isOf(last))
            .toArray();
    if (ends.length == 0) {
      return Optional.empty();
    }
    int end = ends[random.of("truncate/" + id).nextInt(ends.length)];
    return Optional.of(new TruncatedConversation(conversation.first(end), conversation.from(end)));
  }

  /**
   * Cuts the conversations of a dataset. Those that cannot be cut as set are dropped and counted.
   * What an example carries along goes with it, unless the new one has an extra of the same name.
   *
   * @param conversation the text of an input's conversation
   * @param change makes the new example of the old one and its cut
   * @throws InvalidInputException if none is left, with the speakers that there are, or an example
   *     lacks the extra that holds its id
   */
  public <I, O, J, P> Truncation<J, P> truncate(
      Dataset<I, O> dataset,
      Function<? super I, String> conversation,
      BiFunction<? super Example<I, O>, TruncatedConversation, Example<J, P>> change) {
    List<Example<J, P>> examples = new ArrayList<>();
    Map<String, Integer> turns = new LinkedHashMap<>();
    Map<String, String> spellings = new LinkedHashMap<>();
    int withoutTurns = 0;
    for (Example<I, O> example : dataset) {
      Conversation whole =
          Conversation.parse(conversation.apply(example.input()), speakers.toArray(String[]::new));
      withoutTurns += whole.turns().isEmpty() ? 1 : 0;
      for (Turn turn : whole.turns()) {
        String name = turn.speaker().toLowerCase(Locale.ROOT);
        spellings.putIfAbsent(name, turn.speaker());
        turns.merge(spellings.getOrDefault(name, name), 1, Integer::sum);
      }
      truncate(id(example), whole)
          .map(cut -> carrying(example, change.apply(example, cut)))
          .ifPresent(examples::add);
    }
    Map<String, Integer> sorted = mostFirst(turns);
    requireAny(dataset.size(), examples.size(), sorted);
    int withoutEnd = dataset.size() - examples.size() - withoutTurns;
    return new Truncation<>(Dataset.of(examples), withoutTurns, withoutEnd, sorted);
  }

  private String id(Example<?, ?> example) {
    if (idExtra.isEmpty()) {
      return example.id();
    }
    return example
        .extra(idExtra)
        .orElseThrow(
            () ->
                InvalidInputException.of(
                    "%s has no extra \"%s\", it has %s"
                        .formatted(example, idExtra, example.extras().keySet()),
                    "name one of those, or leave idFrom out"));
  }

  private static <J, P> Example<J, P> carrying(Example<?, ?> from, Example<J, P> to) {
    Example<J, P> result = to;
    for (var extra : from.extras().entrySet()) {
      if (!to.extras().containsKey(extra.getKey())) {
        result = result.withExtra(extra.getKey(), extra.getValue());
      }
    }
    return result;
  }

  private static Map<String, Integer> mostFirst(Map<String, Integer> turns) {
    Map<String, Integer> sorted = new LinkedHashMap<>();
    turns.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  private void requireAny(int conversations, int cut, Map<String, Integer> turns) {
    if (conversations > 0 && cut == 0) {
      throw InvalidInputException.of(
          "None of %d conversations can be cut after %d turns or more%s%s; the turns are: %s"
              .formatted(
                  conversations,
                  minTurns,
                  last.isEmpty() ? "" : " to end with \"" + last + "\"",
                  nextTurn ? " before another turn" : "",
                  Truncation.speakers(turns)),
          "name a speaker as the conversations do, each turn on a line of its own");
    }
  }
}
