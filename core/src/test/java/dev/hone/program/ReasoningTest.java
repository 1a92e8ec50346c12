package dev.hone.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.adapter.Adapter;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.FakeModel;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.program.Programs.Question;
import dev.hone.prompt.Demo;
import dev.hone.signature.Reasoning;
import dev.hone.signature.Signature;
import dev.hone.type.FieldType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs whose place the model's own thoughts may take. */
class ReasoningTest {
  record Thought(Reasoning why, String answer) {}

  record Plain(String why, String answer) {}

  private static final Question QUESTION = new Question("What is 6 times 7?");
  private static final Thought OWN = new Thought(new Reasoning("Six sevens."), "42");
  private static final String ANSWER = FakeModel.chat("answer", "42");
  private static final String BOTH = FakeModel.chat("why", "By heart.", "answer", "42");

  private final Predict<Question, Thought> predict =
      Predict.of(Question.class, Thought.class, "Compute.");

  private static Context thinking(FakeModel model, Adapter adapter) {
    return Context.builder()
        .lm(
            new ForwardingLanguageModel(model) {
              @Override
              public Capabilities capabilities() {
                return Capabilities.builder().reasoning(true).build();
              }
            })
        .adapter(adapter)
        .build();
  }

  private static FakeModel thinking(String thoughts, String text) {
    LmResponse reply = FakeModel.reply(text).toBuilder().reasoning(thoughts).build();
    return FakeModel.responding(request -> reply);
  }

  @Test
  void aModelThatThinksByItselfIsNotAskedForTheSection() {
    Demo demo =
        new Demo(
            Json.object().put("question", "2 + 2"),
            Json.object().put("why", "Counted.").put("answer", "4"),
            Demo.Origin.LABELED,
            "");
    for (Adapter adapter : List.of(Adapter.chat(), Adapter.json())) {
      FakeModel model =
          thinking("Six sevens.", adapter == Adapter.chat() ? ANSWER : "{\"answer\": \"42\"}");

      Thought thought =
          thinking(model, adapter).call(() -> predict.withDemos(List.of(demo)).run(QUESTION));

      assertThat(thought).isEqualTo(OWN);
      assertThat(model.calls()).isEqualTo(1);
      assertThat(model.requests().get(0).toText()).doesNotContain("why", "Counted.").contains("4");
    }
  }

  @Test
  void otherModelsAreAskedAsForAText() {
    Predict<Question, Plain> plain = Predict.of(Question.class, Plain.class, "Compute.");

    LmRequest asked = FakeModel.saying("").context().call(() -> predict.render(QUESTION));

    assertThat(asked).isEqualTo(FakeModel.saying("").context().call(() -> plain.render(QUESTION)));
  }

  @Test
  void thoughtsBesideAReplyTakeThePlaceOfASectionThatLacks() {
    FakeModel model = thinking("Six sevens.", ANSWER);

    assertThat((Object) model.context().call(() -> predict.run(QUESTION))).isEqualTo(OWN);
    assertThat(model.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<think>Six sevens.</think>\n",
        "Six sevens.</think>\n",
        "<|channel|>analysis<|message|>Six sevens.<|end|><|start|>assistant<|channel|>final<|message|>"
      })
  void thoughtsInAReplyDoToo(String before) {
    FakeModel model = FakeModel.saying(before + ANSWER);

    assertThat((Object) model.context().call(() -> predict.run(QUESTION))).isEqualTo(OWN);
    assertThat(model.calls()).isEqualTo(1);
  }

  @Test
  void ofAReplyWithBothTheSectionCounts() {
    Thought thought = thinking("Six sevens.", BOTH).context().call(() -> predict.run(QUESTION));

    assertThat(thought).isEqualTo(new Thought(new Reasoning("By heart."), "42"));
  }

  @Test
  void aReplyWithNeitherIsRepaired() {
    FakeModel model = FakeModel.replying(ANSWER, BOTH);

    Thought thought = model.context().call(() -> predict.run(QUESTION));

    assertThat(thought.why().text()).isEqualTo("By heart.");
    assertThat(model.calls()).isEqualTo(2);
  }

  @Test
  void aDraftInTheThoughtsIsNotTheAnswer() {
    FakeModel model = thinking(FakeModel.chat("answer", "41"), ANSWER);

    Thought thought = model.context().call(() -> predict.run(QUESTION));

    assertThat(thought.answer()).isEqualTo("42");
    assertThat(thought.why().text()).contains("41");
  }

  @Test
  void aBareChoiceOfAModelThatThinksIsRead() {
    DynamicPredict severity = Predict.of("question -> reasoning: reasoning, level: enum[LOW|HIGH]");

    assertThat(
            thinking(thinking("It burns.", "HIGH"), Adapter.chat())
                .call(() -> severity.run(Json.object().put("question", "fire"))))
        .isEqualTo(Json.object().put("reasoning", "It burns.").put("level", "HIGH"));
  }

  @Test
  void aChainOfThoughtTakesTheModelsOwnThoughts() {
    var chain = ChainOfThought.of(Question.class, Programs.Answer.class, "Compute.");
    FakeModel model = thinking("Six sevens.", ANSWER);

    assertThat(thinking(model, Adapter.chat()).call(() -> chain.think(QUESTION)))
        .isEqualTo(new Reasoned<>("Six sevens.", new Programs.Answer("42")));
    assertThat(model.requests().get(0).toText()).doesNotContain("reasoning");
  }

  @Test
  void aThoughtIsATextInFingerprintsAndMayLackWhereItIsOptional() {
    assertThat(Signature.of(Question.class, Thought.class, "x").fingerprint())
        .isEqualTo(Signature.of(Question.class, Plain.class, "x").fingerprint());
    assertThat(Signature.parse("a -> b: reasoning").outputFields().get(0).type())
        .isEqualTo(new FieldType.Text(true));
    assertThat(Signature.parse("a -> b: reasoning?, c").outputFields().get(0).type())
        .isEqualTo(new FieldType.OptionalOf(new FieldType.Text(true)));
    assertThatThrownBy(() -> new Reasoning(null)).isInstanceOf(InvalidInputException.class);
  }
}
