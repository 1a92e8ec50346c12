package dev.hone.exchange.dspy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DspyProjectTest {
  private static final String PREDICTOR =
      """
      {"traces": [], "train": [], "demos": [{"augmented": true, "%s": "x", "%s": "y"}],
       "signature": {"instructions": "%s", "fields": [
         {"prefix": "P:", "description": "${%s}"}, {"prefix": "Q:", "description": "${%s}"}]},
       "lm": null}""";

  private static String predictor(String says, String in, String out) {
    return PREDICTOR.formatted(in, out, says, in, out);
  }

  @Test
  void predictorsWhoseNamesBecomeTheSameAreStepsOfTheirOwn(@TempDir Path folder)
      throws IOException {
    String text =
        "{\"a\": %s, \"a_\": %s, \"a.b\": %s, \"a_b\": %s, \"metadata\": {}}"
            .formatted(
                predictor("One.", "p", "q"),
                predictor("Two.", "q", "r"),
                predictor("Three.", "r", "s"),
                predictor("Four.", "s", "t"));
    DspyState state = DspyState.read(Files.writeString(folder.resolve("p.json"), text));

    DspyProject project = DspyProject.of(state, Set.of());

    assertThat(project.yaml("").toText()).contains(" a:", " a_2:", " a_b:", " a_b_2:");
    assertThat(project.state().predictors())
        .extracting(DspyPredictor::name)
        .containsExactly("steps['a']", "steps['a_2']", "steps['a_b']", "steps['a_b_2']");
    assertThat(DspyProject.namesByStep(state)).containsEntry("a_2", "a_").hasSize(4);
  }
}
