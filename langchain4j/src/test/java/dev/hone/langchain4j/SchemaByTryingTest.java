package dev.hone.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.adapter.Adapter;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.lm.LmException;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ResponseFormat.JsonSchema;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import dev.hone.testkit.OpenAiStubServer;
import dev.hone.testkit.ScriptedModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** K-H2 over HTTP: a server's schema is tried once, and what it refuses costs no reply. */
class SchemaByTryingTest {
  private static final String SECTIONS = "[[ ## mood ## ]]\nJOY\n\n[[ ## completed ## ]]";

  enum Mood {
    FEAR,
    JOY
  }

  record In(String text) {}

  record Out(Mood mood) {}

  private final Predict<In, Out> label = Predict.of(In.class, Out.class, "Label.");

  /** Refuses schemas and temperatures; the first two replies to what is hard cannot be read. */
  private static ScriptedModel picky(String words) {
    return ScriptedModel.replying(
        request -> {
          if (request.format() instanceof JsonSchema) {
            throw new LmException.InvalidRequest(words, null);
          }
          if (request.options().temperature() != null) {
            throw new LmException.InvalidRequest("Unsupported value: 'temperature'", null);
          }
          return ScriptedModel.reply(request, answer(request));
        });
  }

  private static String answer(LmRequest request) {
    String asked = request.messages().get(request.messages().size() - 1).text();
    if (request.messages().get(0).text().contains("one JSON object")) {
      return "{\"mood\": \"JOY\"}";
    }
    return asked.contains("hard") || asked.contains("could not be read") ? "Depends." : SECTIONS;
  }

  private static Context context(OpenAiStubServer server) {
    return Context.builder()
        .lm(OpenAiModels.openAiCompatible("tiny", server.baseUrl(), null))
        .build();
  }

  private static long withSchema(OpenAiStubServer server) {
    return server.bodies().stream().filter(body -> body.has("response_format")).count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Invalid parameter: 'response_format' of type 'json_schema' is not supported.",
        "This response_format type is unavailable now",
        "The specified schema produces a constraint that has too many states for serving.",
        "Unrecognized key in body"
      })
  void theLastRungAndTheJsonAdapterAreReadWithoutTheSchema(String words) {
    try (OpenAiStubServer server = new OpenAiStubServer(picky(words))) {
      Context context = context(server);
      Context inJson = context.toBuilder().adapter(Adapter.json()).build();

      assertThat(context.call(() -> label.run(new In("hard")))).isEqualTo(new Out(Mood.JOY));
      assertThat(inJson.call(() -> label.run(new In("a")))).isEqualTo(new Out(Mood.JOY));
      assertThat(inJson.call(() -> label.run(new In("b")))).isEqualTo(new Out(Mood.JOY));

      assertThat(withSchema(server)).isEqualTo(1);
      assertThat(server.bodies()).hasSize(6);
    }
  }

  @Test
  void aModelMadeAnewForTheSameServerRemembersToo() {
    try (OpenAiStubServer server = new OpenAiStubServer(picky("no schemas"))) {
      for (String text : List.of("a", "b", "c")) {
        context(server).toBuilder()
            .adapter(Adapter.json())
            .build()
            .call(() -> label.run(new In(text)));
      }

      assertThat(withSchema(server)).isEqualTo(1);
    }
  }

  @Test
  void aServerThatTakesSchemasGetsThem() {
    ScriptedModel model =
        ScriptedModel.replying(request -> ScriptedModel.reply(request, "{\"mood\": \"JOY\"}"));
    try (OpenAiStubServer server = new OpenAiStubServer(model)) {
      Context inJson = context(server).toBuilder().adapter(Adapter.json()).build();

      inJson.call(() -> label.run(new In("a")));
      inJson.call(() -> label.run(new In("b")));

      assertThat(withSchema(server)).isEqualTo(2);
      assertThat(server.bodies()).hasSize(2);
    }
  }

  @Test
  void aTemperatureThatIsRefusedIsLeftOut() {
    try (OpenAiStubServer server = new OpenAiStubServer(picky("no schemas"))) {
      Context warm =
          context(server).toBuilder().options(LmOptions.defaults().withTemperature(1.4)).build();

      assertThat(warm.call(() -> label.run(new In("a")))).isEqualTo(new Out(Mood.JOY));
      assertThat(warm.call(() -> label.run(new In("b")))).isEqualTo(new Out(Mood.JOY));

      assertThat(server.bodies().stream().filter(body -> body.has("temperature"))).hasSize(1);
      assertThat(server.bodies()).hasSize(3);
    }
  }

  @Test
  void anEvaluationLeavesNoExampleOut() {
    try (OpenAiStubServer server = new OpenAiStubServer(picky("no schemas"))) {
      Dataset<In, Out> data =
          Dataset.of(
              List.of(
                  Example.of(new In("easy 1"), new Out(Mood.JOY)),
                  Example.of(new In("hard 2"), new Out(Mood.FEAR)),
                  Example.of(new In("easy 3"), new Out(Mood.JOY))));

      Evaluation<In, Out> evaluation =
          context(server)
              .call(() -> Evaluator.of(data, Metric.<In, Out>exact(Out::mood)).evaluate(label));

      assertThat(evaluation.toString()).startsWith("score 0.667").contains("on 3 examples");
    }
  }
}
