package dev.hone.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.program.Program;
import dev.hone.springboot.HoneProperties.ProgramFile;
import dev.hone.springboot.Programs.Mail;
import dev.hone.springboot.Programs.Team;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
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
}
