package dev.hone.cli;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.testkit.OpenAiStubServer;
import dev.hone.testkit.ScriptedModel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model on loopback that routes the tickets of {@link SmallProject}. Which it gets right, a test
 * says by the number of the customer and whether the prompt has demos. Counts calls.
 */
public final class TopicServer implements AutoCloseable {
  private static final Pattern CUSTOMER = Pattern.compile("Customer ([0-9]+) says the ([a-z]+)");

  private final AtomicInteger calls = new AtomicInteger();
  private final OpenAiStubServer server;
  private volatile BiPredicate<Integer, Boolean> right;
  private volatile boolean down;

  public TopicServer(BiPredicate<Integer, Boolean> right) {
    this.right = right;
    this.server = new OpenAiStubServer(model());
  }

  private LanguageModel model() {
    return ScriptedModel.answering(this::answer);
  }

  private String answer(LmRequest request) {
    calls.incrementAndGet();
    String last = request.messages().get(request.messages().size() - 1).text();
    Matcher customer = CUSTOMER.matcher(last);
    if (!customer.find()) {
      return "OK";
    }
    boolean demos =
        request.messages().stream().filter(m -> m.role() == LmMessage.Role.USER).count() > 1;
    if (down && demos) {
      throw new LmException.Unauthorized("The key is no longer valid", null);
    }
    boolean is = right.test(Integer.parseInt(customer.group(1)), demos);
    String topic =
        switch (customer.group(2)) {
          case "invoice" -> is ? "BILLING" : "LOGIN";
          case "parcel" -> is ? "DELIVERY" : "BILLING";
          default -> is ? "LOGIN" : "DELIVERY";
        };
    return "[[ ## topic ## ]]\n%s\n\n[[ ## completed ## ]]".formatted(topic);
  }

  /** Says anew what it gets right. */
  public void right(BiPredicate<Integer, Boolean> value) {
    right = value;
  }

  /** From now on it refuses prompts with demos. */
  public void down() {
    down = true;
  }

  public int calls() {
    return calls.get();
  }

  /** The option that names it. */
  public String option() {
    return "--model=openai-compatible:topics@" + server.baseUrl();
  }

  @Override
  public void close() {
    server.close();
  }
}
