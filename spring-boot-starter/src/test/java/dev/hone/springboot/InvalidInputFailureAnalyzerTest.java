package dev.hone.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Starts applications as a person does, with the analyzers that Boot finds. */
@ExtendWith(OutputCaptureExtension.class)
class InvalidInputFailureAnalyzerTest {
  @TempDir Path folder;

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(HoneAutoConfiguration.class)
  @Import(HoneAutoConfigurationTest.Typed.class)
  static class Application {}

  private static List<String> started(CapturedOutput output, String... arguments) {
    SpringApplication application = new SpringApplication(Application.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    assertThatThrownBy(() -> application.run(arguments)).isInstanceOf(BeanCreationException.class);
    assertThat(output).doesNotContain("\tat ").contains("APPLICATION FAILED TO START");
    return output.toString().lines().map(String::strip).toList();
  }

  @Test
  void showsAWrongSettingAsDescriptionAndAction(CapturedOutput output) {
    assertThat(started(output, "--hone.adapter=foo"))
        .containsSubsequence(
            "Description:",
            "hone.adapter (foo) is none of chat, json and xml.",
            "The bean that needs it: honeContext",
            "Action:",
            "Use chat.");
  }

  @Test
  void showsAModelThatDoesNotExist(CapturedOutput output) {
    assertThat(started(output, "--hone.model=keid:tiny"))
        .containsSubsequence("Description:", "The bean that needs it: honeContext", "Action:");
    assertThat(output).contains("keid");
  }

  @Test
  void showsAProgramThatIsMissing(CapturedOutput output) {
    assertThat(started(output, "--hone.programs.route.file=missing.json"))
        .containsSubsequence(
            "Description:",
            "There is no program \"route\" at missing.json.",
            "The bean that needs it: route",
            "Action:",
            "Check the path, and that its server answers, or set hone.programs.route.required=false for one that has code.");
  }

  @Test
  void showsAProgramThatIsBroken(CapturedOutput output) throws java.io.IOException {
    Path file = Files.writeString(folder.resolve("route.json"), "{ half a prog");

    assertThat(started(output, "--hone.programs.route.file=" + file))
        .containsSubsequence("Description:", "The bean that needs it: route");
    assertThat(output).contains(file.toString());
  }
}
