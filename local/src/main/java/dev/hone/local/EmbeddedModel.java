package dev.hone.local;

import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.Media;
import dev.hone.lm.MessagePart;
import dev.hone.lm.ResponseFormat;
import java.util.List;
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

  private static final Capabilities CAPABILITIES =
      Capabilities.JSON_SCHEMA.toBuilder().toolCalls(true).build();

  /** Loads the vectors' model once, when first asked for. */
  private static final class Shared {
    static final EmbeddedModel MODEL = new EmbeddedModel(MiniLmEmbedder.shared());
  }

  private final PromptReader reader = new PromptReader();
  private final AgentReader agents = new AgentReader();
  private final AnswerComposer composer;
  private final AgentAnswerer agent;

  private EmbeddedModel(SentenceEmbedder embedder) {
    this.composer = new AnswerComposer(embedder);
    this.agent = new AgentAnswerer(embedder, composer);
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
    return AgentReader.isAgent(request) ? act(request) : answer(request);
  }

  /** The next call of an agent, natively where its tools are, else in the text. */
  private LmResponse act(LmRequest request) {
    AgentReader.AgentPrompt prompt = agents.read(request);
    AgentAnswerer.NextCall next = agent.next(prompt, request.requiredTool(), noise(request));
    if (request.tools().isEmpty()) {
      return reply(request, ReplyWriter.call(next, prompt.context().task()));
    }
    String id = "call_" + (prompt.episode().steps().size() + 1);
    String arguments = Json.write(next.arguments());
    return LmResponse.builder()
        .parts(
            List.of(
                MessagePart.text(next.thought()), MessagePart.toolCall(id, next.tool(), arguments)))
        .stopReason(LmResponse.StopReason.TOOL_CALLS)
        .usage(usage(request, next.thought() + " " + arguments))
        .modelId(ID)
        .build();
  }

  private LmResponse answer(LmRequest request) {
    ParsedPrompt prompt = reader.read(request.messages());
    ObjectNode answers = composer.answers(prompt, noise(request));
    boolean json = request.format() instanceof ResponseFormat.JsonSchema;
    String reply = json ? Json.write(answers) : ReplyWriter.write(answers, prompt.context());
    return reply(request, reply);
  }

  private static LmResponse reply(LmRequest request, String reply) {
    return LmResponse.of(reply, usage(request, reply), ID);
  }

  private static LmUsage usage(LmRequest request, String reply) {
    long words = request.messages().stream().mapToLong(m -> TextTokens.count(m.text())).sum();
    return LmUsage.of(words, TextTokens.count(reply));
  }

  /** It reads texts, calls and their results; thinking is ignored, anything else would be lost. */
  private static void requireTexts(LmRequest request) {
    for (LmMessage message : request.messages()) {
      for (MessagePart part : message.parts()) {
        if (part instanceof Media) {
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
    return CAPABILITIES;
  }
}
