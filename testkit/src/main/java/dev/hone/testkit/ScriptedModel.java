package dev.hone.testkit;

import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A model that replies by a script and keeps the requests. Its tokens are a quarter of the
 * characters, rounded up. Thread-safe; replies given as a list are handed out in the order in which
 * calls arrive, so use a function where several threads call.
 */
public final class ScriptedModel implements LanguageModel {
  private static final int CHARACTERS_PER_TOKEN = 4;

  private final String id;
  private final Capabilities capabilities;
  private final Function<LmRequest, LmResponse> script;
  private final Queue<LmRequest> requests = new ConcurrentLinkedQueue<>();

  private ScriptedModel(
      String id, Capabilities capabilities, Function<LmRequest, LmResponse> script) {
    this.id = id;
    this.capabilities = capabilities;
    this.script = script;
  }

  /** A model whose reply to a request is the text that the function gives. */
  public static ScriptedModel answering(Function<LmRequest, String> text) {
    return replying(request -> reply(request, text.apply(request)));
  }

  /** A model whose reply to a request is what the function gives, or throws. */
  public static ScriptedModel replying(Function<LmRequest, LmResponse> reply) {
    return new ScriptedModel("scripted", Capabilities.TEXT, reply);
  }

  /**
   * A model that replies with these texts, one per call. A call beyond the last throws an {@link
   * AssertionError}, which no pipeline and no engine takes for a failing provider.
   */
  public static ScriptedModel inOrder(String... texts) {
    List<String> list = List.of(texts);
    AtomicInteger next = new AtomicInteger();
    return answering(
        request -> {
          int index = next.getAndIncrement();
          if (index >= list.size()) {
            throw new AssertionError(exhausted(list.size(), request));
          }
          return list.get(index);
        });
  }

  /**
   * A model that acts as an agent's does, one turn per call: by native calls, or in the words of
   * the chat adapter where the request has no tools, as under {@code
   * withCapabilities(Capabilities.TEXT)}. A call beyond the last throws as {@link #inOrder} does.
   */
  public static ScriptedModel calling(ScriptedTurn... turns) {
    List<ScriptedTurn> list = List.of(turns);
    AtomicInteger next = new AtomicInteger();
    return calling(
        request -> {
          int index = next.getAndIncrement();
          if (index >= list.size()) {
            throw new AssertionError(exhausted(list.size(), request));
          }
          return list.get(index);
        });
  }

  /** A model that acts as an agent's does, in the turn that the function gives. */
  public static ScriptedModel calling(Function<LmRequest, ScriptedTurn> turn) {
    return replying(request -> turn.apply(request).reply(request))
        .withCapabilities(Capabilities.builder().toolCalls(true).build());
  }

  private static String exhausted(int size, LmRequest request) {
    List<LmMessage> messages = request.messages();
    return "The script has %d replies, and there was one more call, which ends with: %s"
        .formatted(size, messages.get(messages.size() - 1).text());
  }

  /** The complete reply that a scripted model makes of a text. */
  public static LmResponse reply(LmRequest request, String text) {
    long characters = 0;
    for (LmMessage message : request.messages()) {
      characters += message.text().length();
    }
    return LmResponse.of(text, LmUsage.of(tokens(characters), tokens(text.length())), "scripted");
  }

  private static long tokens(long characters) {
    return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
  }

  /** A model with the same script under another name; it has seen no requests. */
  public ScriptedModel withId(String value) {
    return new ScriptedModel(value, capabilities, script);
  }

  /** A model with the same script that offers something else; it has seen no requests. */
  public ScriptedModel withCapabilities(Capabilities value) {
    return new ScriptedModel(id, value, script);
  }

  @Override
  public LmResponse call(LmRequest request) {
    requests.add(request);
    return script.apply(request);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  /** What it was asked so far, in the order in which the calls arrived. */
  public List<LmRequest> requests() {
    return List.copyOf(requests);
  }

  /** How often it was asked. */
  public int calls() {
    return requests.size();
  }
}
