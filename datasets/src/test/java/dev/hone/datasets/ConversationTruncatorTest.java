package dev.hone.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Conversations are cut where an answer is due, and the same everywhere. */
class ConversationTruncatorTest {
  record Chat(String conversation, String company) {}

  record Rating(int stars) {}

  record Transcript(String transcript) {}

  record Reply(String reply) {}

  private static final ConversationTruncator TRUNCATOR =
      ConversationTruncator.seed(101).minTurns(1).endingWith("Customer");

  private static String chat(int turns) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < turns; i++) {
      text.append(i % 2 == 0 ? "Customer" : "Support").append(": words ").append(i).append('\n');
    }
    return text.toString();
  }

  private static Dataset<Chat, Rating> chats(int count) {
    List<Example<Chat, Rating>> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      examples.add(
          Example.of(new Chat(chat(2 + i % 9), "Firm " + i), new Rating(i % 5))
              .withExtra("conversation_id", "c" + i));
    }
    return Dataset.of(examples);
  }

  private static Example<Transcript, Reply> joined(
      Example<Chat, Rating> example, TruncatedConversation cut) {
    return Example.of(
        new Transcript("Company: " + example.input().company() + "\n" + cut.text()),
        new Reply(cut.reply()));
  }

  @Test
  void endsOnTheSpeakerAndKeepsWhatFollowsAsTheLabel() {
    Truncation<Transcript, Reply> truncation =
        TRUNCATOR
            .withNextTurn()
            .idFrom("conversation_id")
            .truncate(chats(60), Chat::conversation, ConversationTruncatorTest::joined);

    assertThat(truncation.dropped()).isZero();
    for (Example<Transcript, Reply> example : truncation.dataset()) {
      String last = example.input().transcript().lines().reduce((a, b) -> b).orElseThrow();
      assertThat(last).startsWith("Customer: words ");
      int position = Integer.parseInt(last.substring("Customer: words ".length()));
      assertThat(example.expected().reply()).isEqualTo("words " + (position + 1));
      assertThat(example.input().transcript()).startsWith("Company: Firm ");
      assertThat(example.extra("conversation_id")).isPresent();
    }
  }

  @Test
  void theSameSeedCutsAConversationTheSameInAnyOrder() {
    Map<String, String> inOrder = cuts(TRUNCATOR, chats(60));
    Map<String, String> shuffled = cuts(TRUNCATOR, chats(60).shuffled(3).first(30));

    assertThat(inOrder).containsAllEntriesOf(shuffled);
    assertThat(cuts(ConversationTruncator.seed(102).endingWith("Customer"), chats(60)))
        .isNotEqualTo(inOrder);
  }

  private static Map<String, String> cuts(
      ConversationTruncator truncator, Dataset<Chat, Rating> dataset) {
    Map<String, String> textById = new HashMap<>();
    truncator
        .idFrom("conversation_id")
        .truncate(
            dataset,
            Chat::conversation,
            (example, cut) -> Example.of(new Transcript(cut.text()), example.expected()))
        .dataset()
        .forEach(
            example ->
                textById.put(
                    example.extra("conversation_id").orElseThrow(), example.input().transcript()));
    return textById;
  }

  @Test
  void allPlacesAreEquallyLikely() {
    int[] countByTurns = new int[10];
    for (int i = 0; i < 3_000; i++) {
      countByTurns[TRUNCATOR.truncate("id " + i, chat(9)).orElseThrow().kept().turns().size()]++;
    }

    assertThat(IntStream.of(1, 3, 5, 7, 9).mapToObj(turns -> countByTurns[turns]))
        .as("600 each, standard deviation 22")
        .allMatch(count -> count > 510 && count < 690);
    assertThat(IntStream.of(countByTurns).sum())
        .isEqualTo(IntStream.of(1, 3, 5, 7, 9).map(turns -> countByTurns[turns]).sum());
  }

  @Test
  void keepsTheFewestTurnsAsked() {
    for (int i = 0; i < 50; i++) {
      assertThat(TRUNCATOR.minTurns(4).truncate("id " + i, chat(7)).orElseThrow().kept().turns())
          .hasSizeBetween(5, 7);
    }
    assertThat(TRUNCATOR.minTurns(4).truncate("id", chat(4))).isEmpty();
  }

  @Test
  void dropsAndCountsWhatCannotEndOnTheSpeaker() {
    Dataset<Chat, Rating> dataset =
        Dataset.unlabelled(
            List.of(
                new Chat(chat(3), ""),
                new Chat("Support: hello\nSupport: anyone?", ""),
                new Chat("  ", ""),
                new Chat("no speaker at all", "")));

    Truncation<Transcript, Rating> truncation =
        TRUNCATOR.truncate(
            dataset,
            Chat::conversation,
            (example, cut) -> Example.unlabelled(new Transcript(cut.text())));

    assertThat(truncation.dataset()).hasSize(1);
    assertThat(truncation.dropped()).isEqualTo(3);
    assertThat(truncation.withoutTurns()).isEqualTo(2);
    assertThat(truncation.withoutEnd()).isEqualTo(1);
    assertThat(truncation)
        .hasToString("1 of 4 conversations cut, 3 dropped; turns: Support 3, Customer 2");
  }

  @Test
  void saysWhichSpeakersThereAreWhereNoneCanBeCut() {
    Dataset<Chat, Rating> dataset = Dataset.unlabelled(List.of(new Chat("Kunde: hallo", "")));

    assertThatThrownBy(
            () ->
                TRUNCATOR.truncate(
                    dataset,
                    Chat::conversation,
                    (example, cut) -> Example.<Transcript, Reply>unlabelled(new Transcript(""))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("to end with \"Customer\"; the turns are: Kunde 1");
  }

  @Test
  void anExampleWithoutTheExtraOfItsIdIsAnError() {
    assertThatThrownBy(
            () ->
                TRUNCATOR
                    .idFrom("ticket")
                    .truncate(chats(2), Chat::conversation, ConversationTruncatorTest::joined))
        .hasMessageContaining("has no extra \"ticket\", it has [conversation_id]");
  }

  @Test
  void takesTurnsOfSeveralLinesAndInAnyCase() {
    Conversation conversation =
        Conversation.parse("customer: one\ntwo\n\nSUPPORT: see http://a.b: there\n at 10:30: ok");

    assertThat(conversation.turns())
        .containsExactly(
            new Turn("customer", "one\ntwo"),
            new Turn("SUPPORT", "see http://a.b: there\n at 10:30: ok"));
    assertThat(TRUNCATOR.truncate("1", conversation).orElseThrow().next())
        .contains(conversation.turns().get(1));
    assertThat(Conversation.parse(conversation.toString())).isEqualTo(conversation);
  }

  @Test
  void onlyNamedSpeakersBeginATurnWhereSome() {
    String text = "Customer: hi\nNote: urgent\nSupport: hello";

    assertThat(Conversation.parse(text).turns()).hasSize(3);
    assertThat(Conversation.parse(text, "Customer", "support").turns())
        .containsExactly(new Turn("Customer", "hi\nNote: urgent"), new Turn("Support", "hello"));
    assertThat(TRUNCATOR.speakers("Customer", "Support").truncate("1", text).orElseThrow().text())
        .isEqualTo("Customer: hi\nNote: urgent");
  }

  @Test
  void withoutAFollowingTurnThereIsNoReply() {
    TruncatedConversation whole = TRUNCATOR.truncate("1", "Customer: hi").orElseThrow();

    assertThat(whole.next()).isEmpty();
    assertThatThrownBy(whole::reply).hasMessageContaining("withNextTurn()");
    assertThat(TRUNCATOR.withNextTurn().truncate("1", "Customer: hi")).isEmpty();
  }
}
