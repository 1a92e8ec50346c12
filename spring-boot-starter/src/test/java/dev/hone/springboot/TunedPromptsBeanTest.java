package dev.hone.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.program.PredictorState;
import dev.hone.program.ProgramState;
import dev.hone.springai.client.ChatClientProgram;
import dev.hone.springai.client.TunedPrompts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A tuned prompt of a {@code ChatClient}, whose file changes while the application runs. */
class TunedPromptsBeanTest {
  @TempDir Path folder;

  /** The application, as it was before. */
  static final class Desk {
    private final ChatClient client;

    Desk(ChatClient.Builder builder) {
      this.client = builder.build();
    }

    String team(String mail) {
      return client
          .prompt()
          .user(u -> u.text("Which team? {mail}").param("mail", mail))
          .call()
          .content();
    }
  }

  private static final ChatClientProgram<String> TEAM =
      ChatClientProgram.of(String.class, client -> new Desk(client).team("any"));

  @Configuration(proxyBeanMethods = false)
  static class Application {
    @Bean
    ChatModel chatModel() {
      return prompt -> {
        boolean loud = prompt.getContents().contains("SHOUT");
        String answer = "[[ ## answer ## ]]\n" + (loud ? "BILLING" : "billing");
        return new ChatResponse(
            List.of(
                new Generation(
                    new AssistantMessage(answer + "\n\n[[ ## completed ## ]]"),
                    ChatGenerationMetadata.builder().finishReason("stop").build())));
      };
    }

    @Bean
    TunedPrompts tuned(LivePrograms programs) {
      return TunedPrompts.none().with(TEAM, programs.of("team", TEAM)::current);
    }

    /** As Spring AI's own configuration makes it. */
    @Bean
    Desk desk(ChatModel chatModel, List<ChatClientBuilderCustomizer> customizers) {
      ChatClient.Builder builder = ChatClient.builder(chatModel);
      customizers.forEach(customizer -> customizer.customize(builder));
      return new Desk(builder);
    }
  }

  private static void save(Path file, String instructions) {
    Compiled.of(
            TEAM,
            new ProgramState(Map.of("body", new PredictorState(instructions, List.of()))),
            Provenance.none())
        .save(file);
  }

  @Test
  void theSameCodeIsAnsweredByTheNewestFile() {
    Path file = folder.resolve("team.json");
    save(file, "Say the team.");
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(HoneAutoConfiguration.class))
        .withUserConfiguration(Application.class)
        .withPropertyValues("hone.programs.team.file=" + file, "hone.reload-interval=0")
        .run(
            app -> {
              Desk desk = app.getBean(Desk.class);
              assertThat(desk.team("money")).isEqualTo("billing");

              save(file, "SHOUT the team.");
              app.getBean(LivePrograms.class).reload();

              assertThat(desk.team("money")).isEqualTo("BILLING");
            });
  }
}
