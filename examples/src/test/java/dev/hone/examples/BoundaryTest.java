package dev.hone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * The boundary between what users call and the engine room, as the module descriptors draw it,
 * against what the code and docs/architecture.md say.
 */
@Tag("once")
class BoundaryTest {
  private static final Pattern STABILITY =
      Pattern.compile("(?m)^ \\* <p>Stability: (stable|may still change)\\.\\R \\*/");
  private static final Pattern ROOM = Pattern.compile("(?m)^\\| `([a-z.]+)`( \\*)? \\| ");

  @ParameterizedTest
  @EnumSource(HoneModules.class)
  void everyExportedPackageStatesItsStabilityAndNoHiddenOneDoes(HoneModules module)
      throws IOException {
    Set<String> stated = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    for (String name : module.packages()) {
      String text = Files.readString(module.packageInfo(name));
      if (text.contains("Stability:")) {
        stated.add(name);
        if (text.split("Stability:", -1).length != 2 || !STABILITY.matcher(text).find()) {
          wrong.add(name);
        }
      }
    }

    assertThat(stated).isEqualTo(module.exported());
    assertThat(wrong).as("without one last line such as \"Stability: stable.\"").isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = HoneModules.class,
      mode = Mode.INCLUDE,
      names = {"CORE", "OPTIMIZE"})
  void architectureMarksTheHiddenRoomsAndNoOther(HoneModules module) throws IOException {
    Map<String, Boolean> hiddenByRoom = new TreeMap<>();
    for (String name : module.packages()) {
      hiddenByRoom.put(name, module.hidden().contains(name));
    }

    assertThat(rooms(module)).isEqualTo(hiddenByRoom);
  }

  /** The rooms of a module in docs/architecture.md, and whether each is marked as hidden. */
  private static Map<String, Boolean> rooms(HoneModules module) throws IOException {
    String root = module == HoneModules.CORE ? "dev.hone" : "dev.hone.optimize";
    String docs =
        Files.readString(Path.of("").toAbsolutePath().resolveSibling("docs/architecture.md"));
    int from = docs.indexOf("## Rooms of `" + module.folderName());
    Matcher row = ROOM.matcher(docs.substring(from, docs.indexOf("\n## ", from + 1)));
    Map<String, Boolean> rooms = new TreeMap<>();
    while (row.find()) {
      String name = row.group(1).startsWith(".") ? root + row.group(1) : row.group(1);
      rooms.put(name, row.group(2) != null);
    }
    return rooms;
  }

  @ParameterizedTest
  @EnumSource(HoneModules.class)
  void hiddenPackagesAreSeenByHonesOwnModulesOnly(HoneModules module) {
    assertThat(module.descriptor().exports())
        .filteredOn(exports -> exports.isQualified())
        .allSatisfy(
            exports -> assertThat(exports.targets()).allMatch(t -> t.startsWith("dev.hone.")));
    assertThat(module.descriptor().opens())
        .allSatisfy(opens -> assertThat(opens.targets()).containsExactly("dev.hone"));
  }

  @Test
  void theExamplesCallWhatIsExportedOnly() {
    Set<String> hidden = new TreeSet<>(HoneModules.packagesOfAll());
    hidden.removeAll(HoneModules.exportedOfAll());
    List<String> uses = new ArrayList<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.hone.examples")) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        if (hidden.contains(target)) {
          uses.add(dependency.getDescription());
        }
      }
    }

    assertThat(hidden).contains("dev.hone.coerce", "dev.hone.optimize.bootstrap");
    assertThat(uses).isEmpty();
  }
}
