package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Moderation.Policy;
import dev.hone.data.Moderation.Severity;
import dev.hone.data.Moderation.Snippet;
import dev.hone.data.Moderation.Verdict;
import dev.hone.json.Json;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DatasetTest {
  private final Dataset<Snippet, Verdict> dataset = numbered(0, 20);

  @Test
  void givesEqualContentEqualIdsAndFingerprints() {
    Example<Snippet, Verdict> first =
        Moderation.example("x", Severity.LOW, Policy.SPAM, Policy.HATE);
    Example<Snippet, Verdict> same =
        Moderation.example("x", Severity.LOW, Policy.HATE, Policy.SPAM);

    assertThat(first.id()).isEqualTo(same.id()).hasSize(64);
    assertThat(Moderation.example("x", Severity.HIGH).id()).isNotEqualTo(first.id());
    assertThat(Dataset.of(List.of(first)).fingerprint())
        .isEqualTo(Dataset.of(List.of(same)).fingerprint());
  }

  @Test
  void givesJsonThatMayBeChangedWithoutChangingTheExample() {
    ObjectNode input = Json.object().put("question", "?");
    Example<ObjectNode, ObjectNode> example = Example.of(input, Json.object().put("answer", 1));

    example.inputJson().setAll(example.expectedJson());

    assertThat(example.inputJson()).isEqualTo(Json.object().put("question", "?"));
  }

  @Test
  void shufflesBySeed() {
    assertThat(dataset.shuffled(1)).isEqualTo(dataset.shuffled(1)).isNotEqualTo(dataset);
    assertThat(dataset.shuffled(2)).isNotEqualTo(dataset.shuffled(1));
    assertThat(dataset.shuffled(0).examples())
        .containsExactlyInAnyOrderElementsOf(dataset.examples());
  }

  @Test
  void givesTheFirstExamplesOrAllThereAre() {
    assertThat(dataset.first(2).examples()).isEqualTo(dataset.examples().subList(0, 2));
    assertThat(dataset.first(99)).isEqualTo(dataset);
    assertThatThrownBy(() -> dataset.first(-1)).hasMessageContaining("-1");
  }

  @Test
  void slicesFiltersMapsAndJoins() {
    assertThat(dataset.slice(2, 4).examples()).isEqualTo(dataset.examples().subList(2, 4));
    assertThat(dataset.slice(18, 99).size()).isEqualTo(2);
    assertThatThrownBy(() -> dataset.slice(3, 2)).hasMessageContaining("from 3 to 2");
    assertThat(dataset.slice(0, 5).concat(dataset.slice(5, 20))).isEqualTo(dataset);
    assertThat(dataset.filter(e -> e.input().equals(dataset.examples().get(3).input())).size())
        .isEqualTo(1);
    Dataset<Verdict, Snippet> turned = dataset.map(e -> Example.of(e.expected(), e.input()));
    assertThat(turned.map(e -> Example.of(e.expected(), e.input()))).isEqualTo(dataset);
  }

  @Test
  void reportsDuplicatesAfterTheFirst() {
    Example<Snippet, Verdict> twice = Moderation.example("x", Severity.LOW);

    assertThat(
            Dataset.of(List.of(twice, Moderation.example("y", Severity.LOW), twice)).duplicates())
        .containsExactly(twice);
  }

  @Test
  void findsOverlapOfInputsWhateverTheirLabels() {
    Dataset<Snippet, Verdict> train =
        Dataset.of(
            List.of(
                Moderation.example("shared", Severity.LOW),
                Moderation.example("own", Severity.LOW)));
    Dataset<Snippet, Verdict> test =
        Dataset.of(List.of(Moderation.example("shared", Severity.HIGH)));

    assertThat(train.overlapWith(test)).containsExactly(train.examples().get(0));
    assertThat(train.without(test).examples()).containsExactly(train.examples().get(1));
    assertThatThrownBy(() -> train.requireDisjoint(test))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("1 of 2 examples has", "\"shared\"", "Maybe");
    assertThat(train.without(test).requireDisjoint(test).size()).isEqualTo(1);
  }

  @Test
  void saysInOneLineWhatItHolds() {
    assertThat(dataset.toString())
        .isEqualTo("Dataset[20 examples of snippet, length -> severity, violations]");
    assertThat(dataset.first(1).toString()).startsWith("Dataset[1 example of snippet");
    assertThat(dataset.first(0).toString()).isEqualTo("Dataset[0 examples]");
    assertThat(
            Dataset.of(List.of(Example.of(Json.object().put("q", 1), Json.object().put("a", 2))))
                .toString())
        .isEqualTo("Dataset[1 example of q -> a]");
    assertThat(dataset.split(0.5, 1).toString()).contains("Dataset[10 examples of ");
  }

  @Test
  void showsTheBeginningsOfAnExampleInOneLine() {
    assertThat(Moderation.example("a\n b", Severity.LOW))
        .hasToString(
            "Example[Snippet[snippet=a b, length=Optional.empty] -> Verdict[severity=LOW,"
                + " violations=[]]]");
    assertThat(Moderation.example("long ".repeat(1000), Severity.LOW).toString())
        .hasSizeLessThan(250)
        .contains("… -> Verdict[");
    assertThat(Source.of("train.csv", java.io.InputStream.nullInputStream()))
        .hasToString("Source[train.csv]");
  }

  @Test
  @SuppressWarnings("NullAway")
  void namesWhatIsNullInAnExample() {
    Verdict verdict = new Verdict(Severity.LOW, java.util.Set.of());
    Snippet snippet = new Snippet("x", java.util.Optional.empty());

    refuses(() -> Example.of(snippet, null), "An example's label is null");
    refuses(() -> Example.of(null, verdict), "An example's input is null");
    refuses(
        () -> Example.of(snippet, new Verdict(null, java.util.Set.of())),
        "The label of an example has null in Verdict.severity");
    refuses(
        () -> Example.of(new Snippet(null, java.util.Optional.empty()), verdict),
        "The input of an example has null in Snippet.snippet");
    refuses(
        () -> Dataset.of(java.util.Arrays.asList(Example.of(snippet, verdict), null)),
        "Example 1 of 2 is null");
  }

  private static void refuses(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String m) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(m, "Maybe");
  }

  static Dataset<Snippet, Verdict> numbered(int from, int to) {
    return Dataset.of(
        IntStream.range(from, to)
            .mapToObj(i -> Moderation.example("snippet " + i, Severity.values()[i % 3]))
            .toList());
  }
}
