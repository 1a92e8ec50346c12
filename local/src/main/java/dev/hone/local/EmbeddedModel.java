package dev.hone.local;

import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ResponseFormat;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * A small in-context learner inside the process: no key, no network. It reads the messages it is
 * sent and nothing else: fields, allowed values and what the prompt says of them, instructions,
 * demos and input. Fields with allowed values are answered by similarity of sentence embeddings,
 * text by extracting and recombining what the prompt holds. It is not a language model; see {@code
 * docs/algorithms/embedded-model.md}.
 *
 * <p>Thread-safe. Determinism: equal requests give equal replies, on every JDK; with a temperature
 * above 0 the rollout id gives seeded variety. Cost: about 5 ms for each sentence that is new.
 * Usage is counted in words.
 */
public final class EmbeddedModel implements LanguageModel {
  private static final String ID = "embedded:minilm-l6-v2-q/1";

  /** Loads the vectors' model once, when first asked for. */
  private static final class Shared {
    static final EmbeddedModel MODEL = new EmbeddedModel(MiniLmEmbedder.shared());
  }

  private final PromptReader reader = new PromptReader();
  private final AnswerComposer composer;

  private EmbeddedModel(SentenceEmbedder embedder) {
    this.composer = new AnswerComposer(embedder);
  }

  /**
   * The model, shared by the whole process; the first call loads it, which takes about a second.
   */
  public static EmbeddedModel load() {
    return Shared.MODEL;
  }

  @Override
  public LmResponse call(LmRequest request) {
    requireTexts(request);
    ParsedPrompt prompt = reader.read(request.messages());
    ObjectNode answers = composer.answers(prompt, noise(request));
    boolean json = request.format() instanceof ResponseFormat.JsonSchema;
    String reply = json ? Json.write(answers) : ReplyWriter.write(answers, prompt.context());
    long words = request.messages().stream().mapToLong(m -> TextTokens.count(m.text())).sum();
    return LmResponse.of(reply, LmUsage.of(words, TextTokens.count(reply)), ID);
  }

  /** It reads texts; thinking is ignored, anything else would be lost. */
  private static void requireTexts(LmRequest request) {
    for (LmMessage message : request.messages()) {
      for (MessagePart part : message.parts()) {
        if (!(part instanceof MessagePart.Text || part instanceof MessagePart.Thinking)) {
          throw new LmException.InvalidRequest(
              "The embedded model reads texts only, and a %s message has the part %s. Maybe use a model that takes it."
                  .formatted(
                      message.role().name().toLowerCase(Locale.ROOT),
                      part.getClass().getSimpleName()),
              null);
        }
      }
    }
  }

  private static SamplingNoise noise(LmRequest request) {
    Double temperature = request.options().temperature();
    if (temperature == null || temperature == 0) {
      return SamplingNoise.NONE;
    }
    StringBuilder text = new StringBuilder();
    request.messages().forEach(message -> text.append(message.text()).append('\n'));
    text.append(request.options().rolloutId());
    return new SamplingNoise(
        temperature, Long.parseUnsignedLong(Json.sha256(text.toString()).substring(0, 16), 16));
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.JSON_SCHEMA;
  }
}
