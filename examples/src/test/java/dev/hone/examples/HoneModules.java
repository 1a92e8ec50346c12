package dev.hone.examples;

import dev.hone.agents.ReAct;
import dev.hone.datasets.Gsm8k;
import dev.hone.optimize.Optimizer;
import dev.hone.program.Program;
import dev.hone.testkit.ScriptedModel;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Hone's modules as their compiled descriptors have them. */
enum HoneModules {
  CORE("core", Program.class),
  AGENTS("agents", ReAct.class),
  OPTIMIZE("optimize", Optimizer.class),
  TESTKIT("testkit", ScriptedModel.class),
  DATASETS("datasets", Gsm8k.class);

  private final Path folder;
  private final ModuleDescriptor descriptor;

  HoneModules(String folder, Class<?> member) {
    this.folder = Path.of("").toAbsolutePath().resolveSibling(folder);
    this.descriptor = ModuleFinder.of(place(member)).findAll().iterator().next().descriptor();
  }

  /** The jar or folder of classes that a class comes from. */
  static Path place(Class<?> member) {
    try {
      return Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The packages that users call. */
  static Set<String> exportedOfAll() {
    return List.of(values()).stream()
        .flatMap(module -> module.exported().stream())
        .collect(Collectors.toSet());
  }

  /** The packages of all modules. */
  static Set<String> packagesOfAll() {
    return List.of(values()).stream()
        .flatMap(module -> module.packages().stream())
        .collect(Collectors.toSet());
  }

  String folderName() {
    return folder.getFileName().toString();
  }

  ModuleDescriptor descriptor() {
    return descriptor;
  }

  Set<String> packages() {
    return new TreeSet<>(descriptor.packages());
  }

  /** The packages that users call. */
  Set<String> exported() {
    return descriptor.exports().stream()
        .filter(exports -> !exports.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The packages that only Hone's own modules see, or nobody. */
  Set<String> hidden() {
    Set<String> hidden = packages();
    hidden.removeAll(exported());
    return hidden;
  }

  /** The source of a package's {@code package-info.java}. */
  Path packageInfo(String name) {
    return folder.resolve("src/main/java/" + name.replace('.', '/') + "/package-info.java");
  }
}
