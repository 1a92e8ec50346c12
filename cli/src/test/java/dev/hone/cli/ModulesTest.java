package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists of modules that are written by hand hold all of them. */
class ModulesTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> NOT_DELIVERED =
      List.of("bom", "spark-jobs", "spring-boot-example", "site", "benchmarks");

  private static List<String> found(String file, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(ROOT.resolve(file)))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  @Test
  void theScriptLooksAtTheSourcesOfAllModulesThatTheCommandsUse() throws IOException {
    List<String> looked =
        Arrays.asList(found("hone", "for module in ([a-z0-9 ]+);").get(0).split(" "));
    List<String> used =
        found("pom.xml", "<module>([^<]+)</module>").stream()
            .filter(module -> !NOT_DELIVERED.contains(module) && !module.equals("testkit"))
            .filter(ModulesTest::isOnTheClassPath)
            .toList();

    assertThat(used).contains("core", "modelserver", "cli");
    assertThat(looked).containsAll(used);
  }

  /** As classes of the reactor, or as a jar of the same build. */
  private static boolean isOnTheClassPath(String module) {
    String path = System.getProperty("java.class.path");
    return path.contains("/" + module + "/target/") || path.contains("/hone-" + module + "-");
  }

  @Test
  void theBillOfMaterialsHasEveryModuleThatIsDelivered() throws IOException {
    List<String> delivered =
        found("pom.xml", "<module>([^<]+)</module>").stream()
            .filter(module -> !NOT_DELIVERED.contains(module))
            .map("hone-"::concat)
            .toList();

    assertThat(found("bom/pom.xml", "<artifactId>(hone-[a-z0-9-]+)</artifactId>"))
        .containsAll(delivered);
  }

  @Test
  void theApiOfEveryLibraryIsRecordedAndCompared() throws IOException {
    for (String module : found("pom.xml", "<module>([^<]+)</module>")) {
      if (NOT_DELIVERED.contains(module) || List.of("cli", "examples").contains(module)) {
        continue;
      }
      assertThat(ROOT.resolve("config/api/hone-" + module + ".jar")).exists();
      assertThat(found(module + "/pom.xml", "<hone.api.skip>(\\w+)<")).containsExactly("false");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"core", "optimize", "modelserver", "agents", "testkit"})
  void packagesThatAreNotExportedToUsersAreNotCompared(String module) throws IOException {
    Path sources = ROOT.resolve(module + "/src/main/java");
    List<String> exported =
        found(module + "/src/main/java/module-info.java", "exports\\s+([\\w.]+);");
    List<String> inside;
    try (Stream<Path> files = Files.walk(sources)) {
      inside =
          files
              .filter(file -> file.getFileName().toString().equals("package-info.java"))
              .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
              .filter(name -> !exported.contains(name))
              .toList();
    }

    assertThat(exported).isNotEmpty();
    assertThat(found("pom.xml", "<exclude>(dev\\.hone[\\w.]*)</exclude>")).containsAll(inside);
  }
}
