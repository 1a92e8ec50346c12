package dev.hone.springai.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.LmException;
import dev.hone.springai.FakeChatModel;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;

/** Calls of a {@code ChatClient} that are streamed, and answered by a program. */
class StreamedCallsTest {
  private static final ChatClientProgram<String> REPLY =
      ChatClientProgram.of(String.class, client -> new SupportDesk(client).reply("mail"));

  private static ChatClient.Builder tuned(FakeChatModel model) {
    ChatClient.Builder builder = ChatClient.builder(model);
    TunedPrompts.of(REPLY, REPLY).customize(builder);
    return builder;
  }

  @Test
  void aReplyThatBreaksOffIsNoAnswer() {
    FakeChatModel broken = new FakeChatModel(prompt -> "[[ ## answer ## ]]\nDear Mr", null);
    SupportDesk desk = new SupportDesk(tuned(broken));

    assertThatThrownBy(() -> desk.replyStreamed("Where is it?"))
        .isInstanceOf(LmException.Unavailable.class)
        .hasMessage("the ChatClient ended its stream without a finish reason. Maybe it broke off.");
  }
}
