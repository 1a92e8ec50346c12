package dev.hone.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.program.Program;
import dev.hone.springboot.HoneProperties.ProgramFile;
import dev.hone.springboot.Programs.Mail;
import dev.hone.springboot.Programs.Team;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.DefaultResourceLoader;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProgramPlacesTest {
  @TempDir Path folder;

  private final DefaultResourceLoader resources = new DefaultResourceLoader();

  private static LivePrograms reloading(ProgramPlaces places) {
    return new LivePrograms(
        places, Context.builder().build(), ObservationRegistry.NOOP, false, Duration.ofMillis(20));
  }

  @Test
  void aServerThatIsSilentHoldsUpNoOtherProgram() throws IOException {
    Path file = Programs.saved(folder.resolve("b.json"), "Say the team.");
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/a.json";
      ProgramPlaces places =
          new ProgramPlaces(
              Map.of("a", new ProgramFile(url, false), "b", new ProgramFile(file.toString(), true)),
              null,
              resources,
              Duration.ofMillis(200));
      try (LivePrograms programs = reloading(places)) {
        programs.of("a", Programs.ROUTE);
        LiveProgram<Mail, Team> b = programs.of("b", Programs.ROUTE);
        Program<Mail, Team> before = b.current();

        Programs.saved(file, "SHOUT the team.");

        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (b.current() == before && System.nanoTime() < end) {
          Thread.onSpinWait();
        }
        assertThat(b.current()).isNotSameAs(before);
      }
    }
  }

  @Test
  void takesAPathWithTheSignsOfUrlsAsItIs() throws IOException {
    Path inside = Files.createDirectories(folder.resolve("feature%2Froutes #1"));
    Path file = Programs.saved(inside.resolve("route.json"), "Say the team.");
    ProgramPlaces places =
        new ProgramPlaces(Map.of("a", new ProgramFile(file.toString(), true)), null, resources);

    assertThat(places.stamp("a", "")).isNotEmpty();
    assertThat(places.read("a", "")).isEqualTo(file);
  }

  /** A resource whose content breaks off. */
  private static final class BrokenResource extends AbstractResource {
    @Override
    public String getDescription() {
      return "broken";
    }

    @Override
    public InputStream getInputStream() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          throw new IOException("broke off");
        }
      };
    }
  }

  private static Set<Path> copies() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(file -> file.getFileName().toString().startsWith("hone-program"))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void leavesNoCopyOfAContentThatBreaksOff() throws IOException {
    resources.addProtocolResolver(
        (location, loader) -> location.startsWith("broken:") ? new BrokenResource() : null);
    ProgramPlaces places =
        new ProgramPlaces(Map.of("a", new ProgramFile("broken:a", true)), null, resources);
    Set<Path> before = copies();

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> places.read("a", ""))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("broke off");
    }

    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    Set<Path> after = copies();
    while (!before.containsAll(after) && System.nanoTime() < end) {
      after = copies(); // Another process may have one for a moment.
    }
    assertThat(before).containsAll(after);
  }
}
