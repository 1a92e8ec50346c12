package dev.hone.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
  private static final Path HOME = Path.of("/home/me");

  private static Path of(String system, Map<String, String> environment) {
    return CacheFolder.of(system, environment::get, HOME);
  }

  @Test
  void isWhereTheSystemWantsCachesToBe() {
    assertThat(of("Linux", Map.of())).isEqualTo(HOME.resolve(".cache"));
    assertThat(of("Mac OS X", Map.of())).isEqualTo(HOME.resolve("Library/Caches"));
    assertThat(of("Windows 11", Map.of())).isEqualTo(HOME.resolve("AppData/Local"));
    assertThat(of("Windows 11", Map.of("LOCALAPPDATA", "/d/local"))).isEqualTo(Path.of("/d/local"));
  }

  @Test
  void isWhereTheUserWantsThemToBe() {
    Map<String, String> chosen = Map.of("XDG_CACHE_HOME", "/big/cache");

    assertThat(of("Linux", chosen)).isEqualTo(Path.of("/big/cache"));
    assertThat(of("Mac OS X", chosen)).isEqualTo(Path.of("/big/cache"));
  }

  @Test
  void ignoresWhatIsNoAbsolutePath() {
    assertThat(of("Linux", Map.of("XDG_CACHE_HOME", ""))).isEqualTo(HOME.resolve(".cache"));
    assertThat(of("Linux", Map.of("XDG_CACHE_HOME", "x"))).isEqualTo(HOME.resolve(".cache"));
  }
}
