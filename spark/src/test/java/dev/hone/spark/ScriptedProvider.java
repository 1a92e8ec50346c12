package dev.hone.spark;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import dev.hone.testkit.ScriptedModel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model by name that answers from the text it is shown, as {@code scripted:NAME}: so executors
 * make it as they make any other. Counts the calls of each name, and how many were under way.
 */
public final class ScriptedProvider implements ModelProvider {
  static final Map<String, AtomicLong> CALLS = new ConcurrentHashMap<>();
  static final Map<String, AtomicInteger> MOST = new ConcurrentHashMap<>();
  static final Map<String, AtomicInteger> MADE = new ConcurrentHashMap<>();
  private static final Pattern NUMBER = Pattern.compile("message (\\d+)");

  static long calls(String name) {
    return CALLS.computeIfAbsent(name, any -> new AtomicLong()).get();
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public String form() {
    return "scripted:NAME";
  }

  @Override
  public String example(String given) {
    return "scripted:" + (given.isBlank() ? "plain" : given);
  }

  @Override
  public LanguageModel create(ModelSpec spec) {
    String name = spec.rest();
    MADE.computeIfAbsent(name, any -> new AtomicInteger()).incrementAndGet();
    AtomicLong calls = CALLS.computeIfAbsent(name, any -> new AtomicLong());
    AtomicInteger most = MOST.computeIfAbsent(name, any -> new AtomicInteger());
    AtomicInteger now = new AtomicInteger();
    return ScriptedModel.replying(
            request -> {
              calls.incrementAndGet();
              int under = now.incrementAndGet();
              most.accumulateAndGet(under, Math::max);
              try {
                return reply(name, request);
              } finally {
                now.decrementAndGet();
              }
            })
        .withId("scripted:" + name);
  }

  /** The number of the message that the prompt shows, also where it asks for a repair. */
  private static int number(LmRequest request) {
    for (LmMessage message : request.messages()) {
      Matcher found = NUMBER.matcher(message.text());
      if (found.find()) {
        return Integer.parseInt(found.group(1));
      }
    }
    throw new IllegalStateException("No message in " + request);
  }

  private static LmResponse reply(String name, LmRequest request) {
    int number = number(request);
    if (name.startsWith("slow")) {
      sleep(20);
    }
    if (name.startsWith("unauthorized")) {
      throw new LmException.Unauthorized("The key is refused", null);
    }
    String text =
        number % 10 == 9
            ? "I would rather talk about the weather."
            : "[[ ## topic ## ]]\n%s\n\n[[ ## urgency ## ]]\n%d\n\n[[ ## completed ## ]]"
                .formatted(topic(number), number % 7);
    return ScriptedModel.reply(request, text);
  }

  static String topic(int number) {
    return number % 3 == 0 ? "delivery" : "billing";
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new LmException.Interrupted("Interrupted", e);
    }
  }
}
