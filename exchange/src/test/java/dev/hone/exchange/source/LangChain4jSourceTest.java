package dev.hone.exchange.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.exchange.CompiledSource;
import dev.hone.exchange.PortableProgram;
import dev.hone.exchange.Samples;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LangChain4jSourceTest {
  private final List<ChatMessage> sent = new ArrayList<>();

  @Test
  void theServiceSendsInstructionsAndDemosAndReadsTheRecord(@TempDir Path folder)
      throws ReflectiveOperationException {
    String source =
        LangChain4jSource.of(PortableProgram.of("hop", Samples.hop()), new SourceName("", "Hop"));
    Class<?> type = CompiledSource.load("Hop", source, folder);
    Object service =
        AiServices.builder(type).chatModel(answering("{\"query\": \"dubliners\"}")).build();
    Method rewrite =
        Arrays.stream(type.getMethods())
            .filter(m -> m.getName().equals("rewrite") && m.getParameterCount() == 1)
            .findFirst()
            .orElseThrow();

    Object output = rewrite.invoke(service, "Who wrote Dubliners?");

    assertThat(output).hasToString("RewriteOutput[query=dubliners]");
    assertThat(((SystemMessage) sent.get(0)).text())
        .contains("No more than three words; write \\ as \\\\.", "{\"query\":\"a {{b}}\"}")
        .contains("d \\\"\\\"\\\" ");
    assertThat(((UserMessage) sent.get(1)).singleText())
        .startsWith("[[ ## question ## ]]\nWho wrote Dubliners?")
        .contains("JSON");
  }

  @Test
  void aProgramOfManyTypesCompiles(@TempDir Path folder) {
    String source =
        LangChain4jSource.of(
            PortableProgram.of("orders", Samples.routing()), new SourceName("a.b", "Orders"));

    Class<?> type = CompiledSource.load("a.b.Orders", source, folder);

    assertThat(type.getMethods())
        .anySatisfy(
            method -> assertThat(method.getReturnType().getSimpleName()).isEqualTo("Output"));
    assertThat(source).contains("@Description(\"from 0 to 10\") double score", "{{count}}");
  }

  private ChatModel answering(String text) {
    return new ChatModel() {
      @Override
      public ChatResponse doChat(ChatRequest request) {
        sent.addAll(request.messages());
        return ChatResponse.builder().aiMessage(AiMessage.from(text)).build();
      }
    };
  }
}
