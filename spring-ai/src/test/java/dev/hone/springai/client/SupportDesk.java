package dev.hone.springai.client;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.UserMessage;

/** An application's code, which knows nothing of Hone. */
final class SupportDesk {
  enum Team {
    BILLING,
    DELIVERY
  }

  record Ticket(
      @JsonPropertyDescription("who takes it") Team team, int urgency, List<String> topics) {}

  private final ChatClient client;

  SupportDesk(ChatClient.Builder builder) {
    this.client = builder.defaultSystem("You sort mail.").build();
  }

  Ticket sort(String shop, String mail) {
    return client
        .prompt()
        .system(s -> s.text("You sort the mail of {shop}.").param("shop", shop))
        .user(u -> u.text("Sort this mail: {mail}").param("mail", mail))
        .call()
        .entity(Ticket.class);
  }

  Team team(String mail) {
    return client
        .prompt()
        .user(u -> u.text("Which team? {mail}").param("mail", mail))
        .call()
        .entity(Team.class);
  }

  String reply(String mail) {
    return client.prompt().system("You answer mail kindly.").user(mail).call().content();
  }

  String replyStreamed(String mail) {
    return String.join(
        "",
        client.prompt().system("You answer mail kindly.").user(mail).stream()
            .content()
            .collectList()
            .block());
  }

  Team teamAfter(String earlier, String mail) {
    return client
        .prompt()
        .messages(new UserMessage(earlier), new AssistantMessage("noted"))
        .user(u -> u.text("Which team? {mail}").param("mail", mail))
        .call()
        .entity(Team.class);
  }

  String chat(String text) {
    return client.prompt().system("You chat.").user(text).call().content();
  }
}
