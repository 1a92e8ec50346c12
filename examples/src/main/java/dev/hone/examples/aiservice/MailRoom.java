package dev.hone.examples.aiservice;

import dev.langchain4j.model.output.structured.Description;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * An application as it may exist already: an AI service of LangChain4j, and code that uses it.
 * Nothing in it knows of Hone.
 */
public final class MailRoom {
  private final Desk desk;

  /** What a customer can want. */
  public enum Intent {
    @Description("money back, a return, or cancelling an order")
    REFUND,
    DELIVERY,
    LOGIN,
    BILLING,
    CANCEL_SUBSCRIPTION,
    PRODUCT_QUESTION,
    COMPLAINT,
    FEEDBACK
  }

  /** The AI service, which {@code AiServices.create(Desk.class, chatModel)} implements. */
  @SystemMessage("You work at the desk of an online shop.")
  public interface Desk {
    /** Says what a customer wants. */
    @UserMessage("Route the customer's message: {{message}}")
    Intent classify(@V("message") String message);

    /** Writes an answer. */
    @UserMessage("Answer this message in {{language}}, in two sentences: {{message}}")
    String answer(@V("message") String message, @V("language") String language);
  }

  /** A mail room with a desk, however that is made. */
  public MailRoom(Desk desk) {
    this.desk = desk;
  }

  /** How many messages there are of each kind. */
  public Map<Intent, Integer> count(List<String> messages) {
    Map<Intent, Integer> counts = new EnumMap<>(Intent.class);
    for (String message : messages) {
      counts.merge(desk.classify(message), 1, Integer::sum);
    }
    return counts;
  }
}
