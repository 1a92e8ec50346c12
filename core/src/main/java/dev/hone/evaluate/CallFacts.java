package dev.hone.evaluate;

import dev.hone.context.CallListener;
import dev.hone.context.LmEvent;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.observe.Event;
import java.util.HashMap;
import java.util.Map;

/**
 * What the calls of the program, or of the metric, for one example show of the conditions it was
 * measured under. Immutable.
 *
 * @param cutOff whether a reply was cut off by the limit on tokens
 * @param onlyThoughts whether a reply held thoughts and no answer
 * @param prompts the largest prompt of each model, by its id, in both units
 */
record CallFacts(boolean cutOff, boolean onlyThoughts, Map<String, PromptSize> prompts) {
  static final CallFacts NONE = new CallFacts(false, false, Map.of());

  CallFacts {
    prompts = Map.copyOf(prompts);
  }

  /**
   * How large prompts are: the most characters that were sent, and the most tokens that the server
   * reports, which may be those of another prompt.
   *
   * <p>No honest tokenizer takes more than about 6 characters of natural language as one token, and
   * far fewer of code, numbers, Base64 or Chinese; only runs of one character, such as spaces or
   * dashes, may be one token at any length, and so count as one character here. So more than 12
   * characters for a token say that the server has not read the whole prompt. A server that counts
   * only what it has not cached reports a larger number for some other prompt, or says how much was
   * cached, which is added.
   */
  record PromptSize(int characters, long tokens) {
    private static final int CHARACTERS_PER_TOKEN = 12;
    private static final int LEAST_CHARACTERS = 2_000;

    static final PromptSize NONE = new PromptSize(0, 0);

    PromptSize max(PromptSize other) {
      return new PromptSize(Math.max(characters, other.characters), Math.max(tokens, other.tokens));
    }

    /**
     * Whether even the most tokens that were reported are too few for this number of characters.
     */
    boolean exceeds(long mostTokens) {
      return characters >= LEAST_CHARACTERS && characters > CHARACTERS_PER_TOKEN * mostTokens;
    }

    static PromptSize of(LmRequest request, long tokens) {
      int length = request.messages().stream().mapToInt(message -> message.text().length()).sum();
      PromptSize all = new PromptSize(length, tokens);
      return all.exceeds(tokens) ? new PromptSize(withoutRuns(request), tokens) : all;
    }

    private static int withoutRuns(LmRequest request) {
      int count = 0;
      for (LmMessage message : request.messages()) {
        String text = message.text();
        for (int i = 0; i < text.length(); i++) {
          count += i > 0 && isSame(text.charAt(i), text.charAt(i - 1)) ? 0 : 1;
        }
      }
      return count;
    }

    private static boolean isSame(char c, char before) {
      return c == before || Character.isWhitespace(c) && Character.isWhitespace(before);
    }
  }

  /** Listens to calls for one example. Thread-safe. */
  static final class Recorder implements CallListener {
    private final Map<String, PromptSize> prompts = new HashMap<>();
    private boolean cutOff;
    private boolean onlyThoughts;

    @Override
    public synchronized void onEvent(Event event, Map<String, String> metadata) {
      if (event instanceof LmEvent.CallAnswered answered) {
        LmResponse response = answered.response();
        cutOff |= response.stopReason() == LmResponse.StopReason.LENGTH;
        onlyThoughts |= isOnlyThoughts(response);
        long tokens = response.usage().promptTokens() + response.usage().cachedPromptTokens();
        if (tokens > 0) {
          prompts.merge(
              answered.modelId(), PromptSize.of(answered.request(), tokens), PromptSize::max);
        }
      }
    }

    private static boolean isOnlyThoughts(LmResponse response) {
      String thoughts = response.reasoning();
      return thoughts != null && !thoughts.isBlank() && response.text().isBlank();
    }

    synchronized CallFacts facts() {
      return new CallFacts(cutOff, onlyThoughts, prompts);
    }
  }
}
