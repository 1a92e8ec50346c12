package dev.hone.cli.exchange;

import dev.hone.exchange.dspy.DspyProject;
import dev.hone.exchange.dspy.DspyState;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The names of DSPy's predictors and those of a project's steps, which are kept in a map. */
final class DspyNames {
  private DspyNames() {}

  /** A state under the names of a project's steps. */
  static DspyState fitting(DspyState state, Program<?, ?> program) {
    Map<String, String> names =
        Predictors.of(program).byName().keySet().stream()
            .collect(Collectors.toMap(DspyProject::dspyName, name -> name));
    return state.renamed(name -> names.getOrDefault(name, name));
  }

  /**
   * A state under the names that predictors have as fields of a module of DSPy.
   *
   * @param like a state of that module, for names that no step can have; null for none
   */
  static DspyState asFields(DspyState state, @Nullable Path like) {
    DspyState named = state.renamed(DspyProject::dspyName);
    if (like == null) {
      return named;
    }
    Map<String, String> names = DspyProject.namesByStep(DspyState.read(like));
    return named.renamed(name -> names.getOrDefault(name, name));
  }
}
