package dev.hone.springai.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.compiled.Compiled;
import dev.hone.springai.FakeChatModel;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;

/** The calls of the table in the README, which no snippet of the docs compiles. */
class ReadmeCallsTest {
  private enum Team {
    BILLING,
    DELIVERY
  }

  private record Desk(ChatClient.Builder builder) {
    Team team(String mail) {
      return builder.build().prompt().system("You sort mail.").user(mail).call().entity(Team.class);
    }
  }

  @Test
  void aPromptIsReadAndPutBack() {
    var team = ChatClientProgram.of(Team.class, client -> new Desk(client).team("…"));
    var tuned = Compiled.of(team);
    FakeChatModel model =
        new FakeChatModel(prompt -> "[[ ## team ## ]]\nDELIVERY\n\n[[ ## completed ## ]]");
    ChatClient.Builder builder = ChatClient.builder(model);

    TunedPrompts.of(team, tuned).customize(builder);

    assertThat(new Desk(builder).team("Where is it?")).isEqualTo(Team.DELIVERY);
    assertThat(model.prompts()).hasSize(1);
  }
}
