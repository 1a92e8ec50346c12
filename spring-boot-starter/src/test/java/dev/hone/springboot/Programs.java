package dev.hone.springboot;

import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.program.Predict;
import dev.hone.program.PredictorState;
import dev.hone.program.ProgramState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A small program, and files of what was learnt of it. */
final class Programs {
  record Mail(String text) {}

  record Team(String team) {}

  static final Predict<Mail, Team> ROUTE = Predict.of(Mail.class, Team.class);

  private Programs() {}

  static Compiled<Mail, Team> with(String instructions) {
    return Compiled.of(
        ROUTE,
        new ProgramState(Map.of("self", new PredictorState(instructions, List.of()))),
        Provenance.none());
  }

  static Path saved(Path file, String instructions) {
    with(instructions).save(file);
    return file;
  }
}
