package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmOptions;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ResponseFormat;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tests that every {@link LanguageModel} must pass; extend it in the tests of a provider. The
 * model must be reachable without a network beyond loopback.
 */
public abstract class LanguageModelContract {
  private static final ObjectNode SCHEMA =
      (ObjectNode)
          Json.parse(
              """
              {"type": "object", "properties": {"answer": {"type": "string"}},
               "required": ["answer"], "additionalProperties": false}\
              """);

  /** Makes the contract; for subclasses. */
  protected LanguageModelContract() {}

  /** The model under test, which answers {@link #request}. Called once a test. */
  protected abstract LanguageModel model();

  /**
   * A request that the model answers. Default: a system and a user message that ask for the field
   * {@code answer} in the layout of the chat adapter.
   */
  protected LmRequest request(String question) {
    String system =
        """
        Fill in the output fields for the given input fields.

        Input fields:
        - `question` (text)

        Output fields:
        - `answer` (text)

        Every message has this layout:

        [[ ## question ## ]]
        {question}

        [[ ## answer ## ]]
        {answer}

        [[ ## completed ## ]]

        Your task:
        Answer the question.\
        """;
    String user =
        """
        [[ ## question ## ]]
        %s

        Answer with the sections `[[ ## answer ## ]]` and end with `[[ ## completed ## ]]`.\
        """
            .formatted(question);
    return LmRequest.of(LmMessage.system(system), LmMessage.user(user));
  }

  @Test
  void answersAndSaysWhichModelDid() {
    LmResponse response = model().call(request("What is the capital of France?"));

    assertThat(response.text()).isNotNull();
    assertThat(response.stopReason()).isNotNull();
    assertThat(response.modelId()).isNotBlank();
  }

  @Test
  void leavesCachingToThePipeline() {
    LanguageModel model = model();

    model.call(request("Once?"));

    assertThat(model.call(request("Once?")).cached()).isFalse();
  }

  @Test
  void countsItsTokensOrSaysThatItDoesNotKnow() {
    LmResponse response = model().call(request("How many tokens is this?"));

    assertThat(response.usage().promptTokens()).isNotNegative();
    assertThat(response.usage().completionTokens()).isNotNegative();
    assertThat(response.usage().cachedPromptTokens())
        .isBetween(0L, response.usage().promptTokens());
  }

  @Test
  void keepsItsNameAndOffers() {
    LanguageModel model = model();
    String id = model.id();

    model.call(request("Who are you?"));

    assertThat(id).isNotBlank().isEqualTo(model.id());
    assertThat(model.capabilities()).isEqualTo(model.capabilities());
    assertThat(model.holdsCredentials()).isEqualTo(model.holdsCredentials());
  }

  @Test
  void takesAConversationWithDemos() {
    List<LmMessage> messages = new java.util.ArrayList<>(request("A?").messages());
    messages.add(LmMessage.assistant("[[ ## answer ## ]]\nyes\n\n[[ ## completed ## ]]"));
    messages.add(request("B?").messages().get(1));

    LmResponse response = model().call(request("A?").withMessages(messages));

    assertThat(response.text()).isNotNull();
  }

  @Test
  void takesEveryOption() {
    LmOptions options =
        LmOptions.builder()
            .temperature(0.7)
            .maxTokens(200)
            .topP(0.9)
            .stop("THE END")
            .rolloutId(5)
            .build();

    LmResponse response = model().call(request("Any options?").withOptions(options));

    assertThat(response.text()).isNotNull();
  }

  @Test
  void answersWithAJsonObjectIfItOffersSchemas() {
    LanguageModel model = model();
    LmRequest json =
        request("In JSON?").toBuilder().format(ResponseFormat.jsonSchema("reply", SCHEMA)).build();

    if (model.capabilities().jsonSchema()) {
      assertThat(Json.parse(model.call(json).text()).has("answer")).isTrue();
    }
  }

  @Test
  void answersManyAtOnce() throws Exception {
    LanguageModel model = model();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      Callable<String> call = () -> model.call(request("All at once?")).text();
      for (Future<String> text : threads.invokeAll(Collections.nCopies(64, call))) {
        assertThat(text.get()).isNotNull();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void answersAnInterruptedThreadOrSaysThatItIsOne() {
    LanguageModel model = model();
    boolean said = false;
    boolean still;
    Thread.currentThread().interrupt();
    try {
      model.call(request("Are you there?"));
    } catch (LmException.Interrupted e) {
      assertThat(e).hasMessageContaining("nterrupt");
      said = true;
    } finally {
      still = Thread.interrupted(); // clears it for the next test, too
    }

    assertThat(said || still).as("it says so, or the thread is still interrupted").isTrue();
  }
}
