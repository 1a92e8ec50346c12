package dev.hone.sqlite;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where a system wants caches of a user to be. */
final class CacheFolder {
  private CacheFolder() {}

  /** The folder of Hone in the user's cache folder. */
  static Path ofHone() {
    return of(System.getProperty("os.name", ""), CacheFolder::variable, home()).resolve("hone");
  }

  private static @Nullable String variable(String name) {
    return System.getenv(name);
  }

  private static Path home() {
    return Path.of(System.getProperty("user.home", ""));
  }

  /**
   * The user's cache folder: {@code XDG_CACHE_HOME} wherever it is set to an absolute path; else
   * {@code LOCALAPPDATA} on Windows, {@code ~/Library/Caches} on macOS, {@code ~/.cache} elsewhere.
   */
  static Path of(String system, UnaryOperator<@Nullable String> environment, Path home) {
    Optional<Path> chosen = absolute(environment.apply("XDG_CACHE_HOME"));
    if (chosen.isPresent()) {
      return chosen.get();
    }
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return absolute(environment.apply("LOCALAPPDATA"))
          .orElseGet(() -> home.resolve("AppData").resolve("Local"));
    }
    return name.startsWith("mac")
        ? home.resolve("Library").resolve("Caches")
        : home.resolve(".cache");
  }

  private static Optional<Path> absolute(@Nullable String value) {
    return Optional.ofNullable(value)
        .filter(text -> !text.isBlank())
        .map(Path::of)
        .filter(Path::isAbsolute);
  }
}
