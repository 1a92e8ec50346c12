package dev.hone.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.InvalidInputException;
import dev.hone.compiled.ArtifactException;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import dev.hone.json.Json;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.pipeline.LmPipeline;
import dev.hone.program.Programs.Answer;
import dev.hone.program.Programs.Question;
import dev.hone.prompt.Demo;
import dev.hone.prompt.DemoSelection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class NearestDemosTest {
  private final Predict<Question, Answer> program = Programs.answerer("Answer.");

  /** A vector per text: how often it holds a, b and c. */
  private static final class Letters implements Embedder {
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public Embedding embed(String text) {
      calls.incrementAndGet();
      float[] counts = new float[3];
      text.chars().filter(c -> c >= 'a' && c <= 'c').forEach(c -> counts[c - 'a']++);
      return Embedding.of(counts);
    }

    @Override
    public String id() {
      return "letters";
    }
  }

  private final Letters embedder = new Letters();

  private static Embedding vector(String text) {
    return new Letters().embed(text);
  }

  private static PredictorState nearest(int k, String... questions) {
    List<Demo> demos = List.of(questions).stream().map(q -> Programs.demo(q, "x")).toList();
    List<Embedding> vectors = List.of(questions).stream().map(NearestDemosTest::vector).toList();
    return new PredictorState("Answer.", demos, new DemoSelection.Nearest(k, "letters", vectors));
  }

  private Compiled<Question, Answer> compiled(PredictorState state) {
    return Compiled.of(
        program, Predictors.of(program).initialState().with("self", state), Programs.provenance());
  }

  private List<String> shown(PredictorState state, String question) {
    Context context = Context.builder().lm(FakeModel.replying()).embedder(embedder).build();
    LmRequest request = context.call(() -> compiled(state).render(new Question(question)));
    List<LmMessage> messages = request.messages();
    return java.util.stream.IntStream.range(1, messages.size() - 1)
        .filter(i -> i % 2 == 1)
        .mapToObj(i -> messages.get(i).text().lines().skip(1).findFirst().orElseThrow())
        .toList();
  }

  @Test
  void showsTheNearestDemosNearestFirst() {
    PredictorState state = nearest(2, "aaa", "bbb", "aab", "ccc");

    assertThat(shown(state, "aaaaaab")).containsExactly("aaa", "aab");
    assertThat(shown(state, "bbc")).containsExactly("bbb", "ccc");
  }

  @Test
  void equallyNearOnesKeepTheirOrder() {
    assertThat(shown(nearest(2, "a", "aa", "aaa"), "a")).containsExactly("a", "aa");
  }

  @Test
  void showsAllIfThereAreFewer() {
    assertThat(shown(nearest(9, "b", "a"), "a")).containsExactly("a", "b");
  }

  @Test
  void embedsTheInputsOncePerCallHoweverManyAttemptsItTakes() {
    FakeModel model = FakeModel.replying("?", "??", "{\"answer\": \"yes\"}");
    Context context = Context.builder().lm(LmPipeline.of(model)).embedder(embedder).build();

    Answer answer = context.call(() -> compiled(nearest(1, "a", "b")).run(new Question("a")));

    assertThat(answer.answer()).isEqualTo("yes");
    assertThat(embedder.calls).hasValue(1);
  }

  @Test
  void needsTheEmbedderOfItsVectors() {
    Compiled<Question, Answer> compiled = compiled(nearest(1, "a"));
    Embedder other =
        new Embedder() {
          @Override
          public Embedding embed(String text) {
            return Embedding.of(1);
          }

          @Override
          public String id() {
            return "other";
          }
        };
    Context without = Context.builder().lm(FakeModel.replying()).build();
    Context with = without.toBuilder().embedder(other).build();

    assertThatThrownBy(() -> without.call(() -> compiled.run(new Question("a"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("\"letters\", and none is set. Maybe");
    assertThatThrownBy(() -> with.call(() -> compiled.run(new Question("a"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("\"letters\", and the context has \"other\". Maybe");
  }

  @Test
  void demosThatAreDroppedTakeTheirVectorsWithThem() {
    PredictorState state =
        nearest(2, "a", "b", "c").withoutDemos(d -> d.exampleId().equals("id-b"));

    assertThat(state.demos()).hasSize(2);
    assertThat(state.selection())
        .isEqualTo(new DemoSelection.Nearest(2, "letters", List.of(vector("a"), vector("c"))));
    assertThat(shown(state, "bc")).containsExactly("c", "a");
  }

  @Test
  void otherDemosAreAllShown() {
    PredictorState state = nearest(1, "a", "b").withDemos(List.of(Programs.demo("q", "x")));

    assertThat(state.selection()).isEqualTo(DemoSelection.all());
    assertThat(nearest(1, "a").withInstructions("Other.").selection())
        .isEqualTo(nearest(1, "a").selection());
    assertThatThrownBy(() -> new PredictorState("", List.of(), nearest(1, "a").selection()))
        .hasMessageContaining("0 demos and 1 vector,");
  }

  @Test
  void isSavedToTheLastBitAndLoaded() {
    List<Embedding> odd =
        List.of(Embedding.of(0.1f, -1e-30f, 3.4e38f), Embedding.of(-0.0f, 7, Float.MIN_VALUE));
    PredictorState state =
        new PredictorState(
            "Answer.",
            List.of(Programs.demo("a", "x"), Programs.demo("b", "y")),
            new DemoSelection.Nearest(3, "letters", odd));

    Compiled<Question, Answer> loaded =
        Compiled.fromJson(program, (ObjectNode) Json.parse(Json.write(compiled(state).toJson())));

    assertThat(loaded.state()).isEqualTo(compiled(state).state());
    assertThat(loaded.state().fingerprint()).isEqualTo(compiled(state).state().fingerprint());
    assertThat(compiled(nearest(1, "a")).state().fingerprint())
        .isNotEqualTo(compiled(nearest(2, "a")).state().fingerprint());
  }

  @Test
  void saysWhichVectorIsDamaged() {
    ObjectNode json = compiled(nearest(1, "a", "b")).toJson();
    ObjectNode nearest = (ObjectNode) json.at("/predictors/self/nearest");
    nearest.putArray("vectors").add("AAAAAA==").add("no base64!");
    assertThat(failure(json)).hasMessageContaining("predictors.self.nearest.vectors[1]");

    nearest.putArray("vectors").add("AACAPw==");
    assertThat(failure(json)).hasMessageContaining("found 1 vector for 2 demos");

    nearest.put("k", 0);
    nearest.putArray("vectors").add("AACAPw==").add("AACAPw==");
    assertThat(failure(json)).hasMessageContaining("predictors.self.nearest.k");
  }

  private ArtifactException failure(ObjectNode json) {
    ArtifactException error =
        catchThrowableOfType(ArtifactException.class, () -> Compiled.fromJson(program, json));
    assertThat(error.problem()).isEqualTo(ArtifactException.Problem.DAMAGED);
    return error;
  }

  @Test
  void nearnessIsTheCosine() {
    assertThat(Embedding.of(2, 0).cosine(Embedding.of(5, 0))).isEqualTo(1);
    assertThat(Embedding.of(2, 0).dot(Embedding.of(5, 0))).isEqualTo(10);
    assertThat(Embedding.of(0, 0).cosine(Embedding.of(5, 0))).isZero();
    assertThatThrownBy(() -> Embedding.of(1).cosine(Embedding.of(1, 2)))
        .hasMessageContaining("1 and 2 numbers");
    assertThatThrownBy(() -> Embedding.of(Float.NaN)).hasMessageContaining("not finite");
  }

  @Test
  void severalFieldsAreEmbeddedWithTheirNames() {
    assertThat(DemoSelection.text(Json.object().put("q", "why?"))).isEqualTo("why?");
    assertThat(DemoSelection.text(Json.object().put("q", "why?").put("n", 3)))
        .isEqualTo("q: why?\nn: 3");
  }
}
