package dev.hone.cli;

import dev.hone.project.ProgramFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A project of 48 rows on the embedded model.
 *
 * @param folder where it is
 */
public record SmallProject(Path folder) {
  private static final List<String> TOPICS = List.of("BILLING", "DELIVERY", "LOGIN");
  private static final List<String> WORDS =
      List.of("invoice was charged twice", "parcel has not arrived", "password is not accepted");

  public static SmallProject in(Path folder) {
    StringBuilder rows = new StringBuilder("text,topic\n");
    for (int i = 0; i < 48; i++) {
      rows.append("Customer %d says the %s,%s%n".formatted(i, WORDS.get(i % 3), TOPICS.get(i % 3)));
    }
    write(folder.resolve("tickets.csv"), rows.toString());
    write(
        folder.resolve("tickets.hone.yaml"),
        """
        data: tickets.csv
        task: Route the ticket.
        inputs:  { text: what the customer wrote }
        outputs:
          topic: { one of: [BILLING, DELIVERY, LOGIN] }
        model: embedded
        split: { test: 40%, seed: 1 }
        """);
    return new SmallProject(folder);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  /** What the customer of a test row wrote. */
  public String testRow() {
    try (ProgramFile project = ProgramFile.load(file("tickets.hone.yaml"))) {
      return project.data().test().get(0).inputJson().path("text").asString();
    }
  }

  /** A command on the project. */
  public Ran hone(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, file("tickets").toString()));
    all.addAll(List.of(arguments));
    return Ran.hone(all.toArray(String[]::new));
  }
}
