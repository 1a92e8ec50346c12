package dev.hone.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.FakeModel;
import dev.hone.program.Programs.Answer;
import dev.hone.program.Programs.Judged;
import dev.hone.program.Programs.Mood;
import dev.hone.program.Programs.Question;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ChainOfThoughtTest {
  record Thought(String reasoning) {}

  private final ChainOfThought<Question, Judged> judge =
      ChainOfThought.of(Question.class, Judged.class, "Judge.");

  @Test
  void asksForTheReasoningFirst() {
    FakeModel model =
        FakeModel.replying(
            FakeModel.chat("reasoning", "It smiles.", "mood", "GOOD", "reasons", "[]"));

    Reasoned<Judged> reasoned = model.context().call(() -> judge.think(new Question("?")));

    assertThat(reasoned).isEqualTo(new Reasoned<>("It smiles.", new Judged(Mood.GOOD, List.of())));
    assertThat(judge.predict().signature().outputFields())
        .extracting(Field::name)
        .containsExactly("reasoning", "mood", "reasons");
    assertThat(FakeModel.system(model.requests().get(0))).contains("`reasoning`", "Judge.");
  }

  @Test
  void givesTheOutputAlone() {
    FakeModel model =
        FakeModel.replying(FakeModel.chat("reasoning", "Hm.", "mood", "BAD", "reasons", "[]"));

    assertThat(model.context().call(() -> judge.run(new Question("?"))).mood()).isEqualTo(Mood.BAD);
  }

  @Test
  void takesTheDynamicForm() {
    ChainOfThought<ObjectNode, ObjectNode> sum =
        ChainOfThought.of(Signature.parse("a: int, b: int -> sum: int"));
    FakeModel model = FakeModel.replying(FakeModel.chat("reasoning", "1+1", "sum", "2"));

    ObjectNode output = model.context().call(() -> sum.run(Programs.json("{'a': 1, 'b': 1}")));

    assertThat(output.toString()).isEqualTo("{\"sum\":2}");
  }

  @Test
  void hasOnePredictorNamedPredict() {
    assertThat(Predictors.of(judge).byName()).containsOnlyKeys("predict");
  }

  @Test
  void carriesItsOutputToJsonAndBack() {
    Reasoned<Answer> value = new Reasoned<>("because", new Answer("42"));
    ChainOfThought.ReasonedCodec<Answer> codec =
        new ChainOfThought.ReasonedCodec<>(Signature.of(Question.class, Answer.class, "").output());

    assertThat(codec.encode(value))
        .isEqualTo(Programs.json("{'reasoning': 'because', 'answer': '42'}"));
    assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
  }

  @Test
  void refusesASignatureThatHasReasoningAlready() {
    assertThatThrownBy(() -> ChainOfThought.of(Question.class, Thought.class, ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "\"reasoning\"", "ChainOfThought adds itself", "Maybe use Predict");
    assertThatThrownBy(() -> ChainOfThought.of(Signature.parse("reasoning -> answer")))
        .isInstanceOf(InvalidInputException.class);
  }
}
