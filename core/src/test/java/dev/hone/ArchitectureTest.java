package dev.hone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The plan of the house, as docs/architecture.md has it: from values to programs that are measured.
 */
@Tag("once")
class ArchitectureTest {
  /** The packages in the order in which data flows; each imports only from those before it. */
  private static final List<String> ORDER =
      List.of(
          "dev.hone",
          "dev.hone.text",
          "dev.hone.file",
          "dev.hone.json",
          "dev.hone.random",
          "dev.hone.observe",
          "dev.hone.stats",
          "dev.hone.lm",
          "dev.hone.lm.media",
          "dev.hone.lm.bridge",
          "dev.hone.price",
          "dev.hone.price.reserve",
          "dev.hone.type",
          "dev.hone.type.bean",
          "dev.hone.coerce",
          "dev.hone.signature",
          "dev.hone.work",
          "dev.hone.pipeline.flow",
          "dev.hone.pipeline",
          "dev.hone.lm.batch",
          "dev.hone.replay",
          "dev.hone.embed",
          "dev.hone.prompt",
          "dev.hone.adapter.frame",
          "dev.hone.adapter.prose",
          "dev.hone.adapter.tool",
          "dev.hone.adapter.turn",
          "dev.hone.adapter.xml",
          "dev.hone.adapter",
          "dev.hone.context",
          "dev.hone.adapter.partial",
          "dev.hone.retrieve",
          "dev.hone.program",
          "dev.hone.tool",
          "dev.hone.data.format",
          "dev.hone.data.cell",
          "dev.hone.data.summary",
          "dev.hone.data",
          "dev.hone.data.overlap",
          "dev.hone.metric",
          "dev.hone.row",
          "dev.hone.evaluate",
          "dev.hone.evaluate.repeat",
          "dev.hone.compiled",
          "dev.hone.store",
          "dev.hone.stream",
          "dev.hone.batch",
          "dev.hone.judge",
          "dev.hone.history");

  private static final int MOST_FILES = 18;
  private static final int MOST_LINES = 300;

  private static final Path SOURCES = Path.of("src/main/java");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.hone");

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).filter(n -> !n.isEmpty()).distinct())
        .containsExactlyInAnyOrderElementsOf(ORDER);
  }

  @Test
  void packagesImportOnlyFromThoseBeforeThem() {
    List<String> upward = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        if (ORDER.indexOf(target) > ORDER.indexOf(type.getPackageName())) {
          upward.add(dependency.getDescription());
        }
      }
    }

    assertThat(upward).isEmpty();
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.hone.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noRoomIsCrowded() throws IOException {
    try (Stream<Path> files = sources()) {
      Map<Path, Long> filesByRoom =
          files.collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
      filesByRoom.values().removeIf(count -> count <= MOST_FILES);

      assertThat(filesByRoom).isEmpty();
    }
  }

  @Test
  void noFileIsLong() throws IOException {
    List<Path> longFiles = new ArrayList<>();
    try (Stream<Path> files = sources()) {
      for (Path file : files.toList()) {
        if (Files.readAllLines(file).size() > MOST_LINES) {
          longFiles.add(file);
        }
      }
    }

    assertThat(longFiles).isEmpty();
  }

  private static Stream<Path> sources() throws IOException {
    return Files.walk(SOURCES)
        .filter(file -> file.toString().endsWith(".java"))
        .filter(file -> !file.endsWith("package-info.java"));
  }

  @Test
  void noClassHasANameThatSaysNothing() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Base|Manager|Helper|Util|Utils)(\\$.*)?")
        .check(CLASSES);
  }
}
