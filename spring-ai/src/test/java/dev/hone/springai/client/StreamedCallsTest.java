package dev.hone.springai.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.LmException;
import dev.hone.springai.FakeChatModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import reactor.core.publisher.Flux;

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

  /**
   * Answers in the place of the model, as Spring AI's caches do: without a finish reason.
   *
   * @param answer the text
   */
  private record CacheAdvisor(String answer) implements StreamAdvisor {
    @Override
    public Flux<ChatClientResponse> adviseStream(
        ChatClientRequest request, StreamAdvisorChain chain) {
      return Flux.just(
          ChatClientResponse.builder()
              .chatResponse(new ChatResponse(List.of(new Generation(new AssistantMessage(answer)))))
              .context(request.context())
              .build());
    }

    @Override
    public String getName() {
      return "cache";
    }

    @Override
    public int getOrder() {
      return 0;
    }
  }

  @Test
  void whatAnAdvisorAnswersByItselfIsWhole() {
    FakeChatModel model = new FakeChatModel(prompt -> "never asked");
    ChatClient.Builder builder = tuned(model);
    builder.defaultAdvisors(new CacheAdvisor("[[ ## answer ## ]]\nDear Mr Smith"));

    assertThat(new SupportDesk(builder).replyStreamed("Where is it?")).isEqualTo("Dear Mr Smith");
    assertThat(model.prompts()).isEmpty();
  }

  /**
   * Notes whom the context of the subscriber names.
   *
   * @param users all that were named
   */
  private record UserAdvisor(List<String> users) implements StreamAdvisor {
    @Override
    public Flux<ChatClientResponse> adviseStream(
        ChatClientRequest request, StreamAdvisorChain chain) {
      return Flux.deferContextual(
          subscriber -> {
            users.add(subscriber.getOrDefault("user", "nobody"));
            return chain.nextStream(request);
          });
    }

    @Override
    public String getName() {
      return "user";
    }

    @Override
    public int getOrder() {
      return 0;
    }
  }

  @Test
  void theContextOfTheSubscriberReachesTheOtherAdvisors() {
    UserAdvisor users = new UserAdvisor(new ArrayList<>());
    ChatClient.Builder builder = tuned(new FakeChatModel(prompt -> "[[ ## answer ## ]]\nDear you"));
    ChatClient client = builder.defaultAdvisors(users).build();

    List<String> reply =
        client.prompt().system("You answer mail kindly.").user("Where is it?").stream()
            .content()
            .contextWrite(context -> context.put("user", "ann"))
            .collectList()
            .block();

    assertThat(reply).containsExactly("Dear you");
    assertThat(users.users()).containsExactly("ann");
  }
}
