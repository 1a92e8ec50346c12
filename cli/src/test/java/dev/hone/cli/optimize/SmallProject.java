package dev.hone.cli.optimize;

import dev.hone.cli.Ran;
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
record SmallProject(Path folder) {
  private static final List<String> TOPICS = List.of("BILLING", "DELIVERY", "LOGIN");
  private static final List<String> WORDS =
      List.of("invoice was charged twice", "parcel has not arrived", "password is not accepted");

  static SmallProject in(Path folder) {
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

  Path file(String name) {
    return folder.resolve(name);
  }

  /** A command on the project. */
  Ran hone(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, file("tickets").toString()));
    all.addAll(List.of(arguments));
    return Ran.hone(all.toArray(String[]::new));
  }
}
