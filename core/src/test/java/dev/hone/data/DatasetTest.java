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
        .hasMessageContainingAll("1 of 2 examples", "\"shared\"", "Maybe");
    assertThat(train.without(test).requireDisjoint(test).size()).isEqualTo(1);
  }

  static Dataset<Snippet, Verdict> numbered(int from, int to) {
    return Dataset.of(
        IntStream.range(from, to)
            .mapToObj(i -> Moderation.example("snippet " + i, Severity.values()[i % 3]))
            .toList());
  }
}
