package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.agents.ReAct;
import dev.hone.datasets.Gsm8k;
import dev.hone.optimize.Optimizer;
import dev.hone.program.Program;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.csv.CsvMapper;

/** A user's program that is a module: compiled and run with Hone on the module path. */
class ModulePathTest {
  private static final String PATH =
      Stream.of(
              Program.class,
              Optimizer.class,
              Gsm8k.class,
              ReAct.class,
              ObjectMapper.class,
              JsonGenerator.class,
              JsonProperty.class,
              CsvMapper.class,
              Caffeine.class,
              Logger.class,
              NullMarked.class)
          .map(HoneModules::place)
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));

  private static final String MODULE =
      """
      module user.program {
        requires dev.hone.agents;
        requires dev.hone.datasets;
        requires dev.hone.optimize;

        opens user.program to dev.hone;
      }
      """;

  private static final String HIDDEN =
      """
      package user.program;

      class Reach {
        Object engine = new dev.hone.optimize.propose.GroundedProposer[0];
        Object mapper = dev.hone.json.Json.object();
      }
      """;

  private static final String MAIN =
      """
      package user.program;

      import dev.hone.agents.ReAct;
      import dev.hone.agents.rollout.BestOfN;
      import dev.hone.context.Context;
      import dev.hone.data.Dataset;
      import dev.hone.data.Example;
      import dev.hone.datasets.Gsm8k;
      import dev.hone.lm.LanguageModel;
      import dev.hone.lm.LmRequest;
      import dev.hone.lm.LmResponse;
      import dev.hone.lm.LmUsage;
      import dev.hone.metric.Metric;
      import dev.hone.optimize.Optimized;
      import dev.hone.optimize.mipro.MiproV2;
      import dev.hone.optimize.mipro.MiproV2Report;
      import dev.hone.optimize.search.Search;
      import dev.hone.program.Predict;
      import dev.hone.tool.Tool;
      import java.util.ArrayList;
      import java.util.List;

      final class Main {
        record Text(String text) {}

        record Mood(Kind kind) {}

        enum Kind {
          GOOD,
          BAD
        }

        static final class Scripted implements LanguageModel {
          @Override
          public LmResponse call(LmRequest request) {
            String prompt = request.toText();
            String last = prompt.substring(prompt.lastIndexOf("[[ ## text ## ]]") + 1);
            String kind = last.contains("fine") ? "GOOD" : "BAD";
            return LmResponse.of(
                "[[ ## kind ## ]]\\n" + kind + "\\n\\n[[ ## completed ## ]]",
                LmUsage.of(1, 1),
                id());
          }

          @Override
          public String id() {
            return "scripted:user";
          }
        }

        public static void main(String[] args) {
          List<Example<Text, Mood>> examples = new ArrayList<>();
          for (int i = 0; i < 12; i++) {
            boolean good = i % 2 == 0;
            examples.add(
                Example.of(
                    new Text((good ? "fine " : "sad ") + i),
                    new Mood(good ? Kind.GOOD : Kind.BAD)));
          }
          System.out.println(Gsm8k.metric().name());
          for (String name : List.of("racing", "tpe", "random")) {
            System.out.println("search " + Search.named(name).name());
          }
          Optimized<Text, Mood, MiproV2Report> optimized =
              Context.builder()
                  .lm(new Scripted())
                  .build()
                  .call(
                      () ->
                          MiproV2.light()
                              .instructionCandidates(1)
                              .compile(
                                  Predict.of(Text.class, Mood.class),
                                  Dataset.of(examples),
                                  Metric.exact("kind", Mood::kind)));
          Predict<Text, Mood> predict = Predict.of(Text.class, Mood.class);
          BestOfN<Text, Mood> best = BestOfN.of(predict, 2, (text, mood) -> 1);
          Tool tool = Tool.of("mood", "tells the mood", predict);
          ReAct<Text, Mood> agent = ReAct.of(Text.class, Mood.class, "Tell the mood.", tool);
          Context.builder()
              .lm(new Scripted())
              .build()
              .run(
                  () -> {
                    System.out.println("best " + best.run(new Text("fine")));
                    System.out.println("agent " + agent.answer(new Text("fine")).stopCause());
                  });
          System.out.println("score " + optimized.report().bestScore().orElseThrow().scoreMean());
        }
      }
      """;

  private static String compile(Path folder, String name, String source) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src/user/program"));
    Files.writeString(folder.resolve("src/module-info.java"), MODULE);
    Path file = Files.writeString(sources.resolve(name + ".java"), source);
    ByteArrayOutputStream problems = new ByteArrayOutputStream();
    ToolProvider.getSystemJavaCompiler()
        .run(
            null,
            problems,
            problems,
            "--release",
            "17",
            "--module-path",
            PATH,
            "-d",
            folder.resolve("classes").toString(),
            folder.resolve("src/module-info.java").toString(),
            file.toString());
    return problems.toString(StandardCharsets.UTF_8);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void findsSearchesReadsRecordsAndOptimizes(@TempDir Path folder) throws Exception {
    assertThat(compile(folder, "Main", MAIN)).doesNotContain("error:");

    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                PATH + File.pathSeparator + folder.resolve("classes"),
                "--module",
                "user.program/user.program.Main")
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    List<String> lines = Files.readAllLines(out);
    assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
    assertThat(lines)
        .contains("search racing", "search tpe", "search random", "gsm8k", "score 1.0")
        .contains("best Mood[kind=GOOD]", "agent Optional[UNREADABLE_REPLY]");
  }

  @Test
  void cannotReachTheEngineRoom(@TempDir Path folder) throws Exception {
    assertThat(compile(folder, "Reach", HIDDEN))
        .contains("package dev.hone.optimize.propose is not visible")
        .contains("package dev.hone.json is not visible");
  }
}
