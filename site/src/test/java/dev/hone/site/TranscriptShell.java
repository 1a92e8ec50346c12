package dev.hone.site;

import dev.hone.site.Transcript.Step;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs commands in a folder by a shell, in which {@code hone} is the command line under test, and
 * {@code curl} waits for a server that begins. What differs between two runs of the same is left
 * out: lines of progress, and where the folders are.
 */
final class TranscriptShell {
  private static final Pattern PROGRESS = Pattern.compile("\\[\\d+ s\\].*");

  private static final Pattern BLANK_BEFORE = Pattern.compile("\\A\n+");
  private static final String CURL =
      """
      silent
      retry = 60
      retry-delay = 1
      retry-connrefused
      """;

  private final Path folder;
  private final Path home;

  TranscriptShell(Path folder, Path home) throws IOException {
    this.folder = folder;
    this.home = home;
    Path hone = Files.createDirectories(home.resolve("bin")).resolve("hone");
    Files.writeString(
        hone,
        """
        #!/bin/sh
        exec '%s/bin/java' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dhone.terminal=false \\
          -cp '%s' dev.hone.cli.Hone "$@"
        """
            .formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
    if (!hone.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + hone);
    }
    Files.writeString(home.resolve(".curlrc"), CURL);
  }

  Step run(String command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.endsWith("_API_KEY"));
    environment.put("PATH", home.resolve("bin") + ":" + environment.get("PATH"));
    environment.put("HOME", home.toString());
    environment.put("XDG_CACHE_HOME", home.resolve(".cache").toString());
    environment.put("COLUMNS", "80");
    environment.put("NO_COLOR", "1");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return new Step(command, withoutProgress(output));
  }

  private String withoutProgress(String output) {
    String there =
        output.replace(folder.toString(), "/home/you/work").replace(home.toString(), "/home/you");
    String lines =
        Arrays.stream(there.split("\n"))
            .map(String::stripTrailing)
            .filter(line -> !PROGRESS.matcher(line).matches())
            .collect(Collectors.joining("\n"));
    return BLANK_BEFORE.matcher(lines).replaceFirst("").stripTrailing();
  }
}
