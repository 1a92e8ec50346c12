package dev.hone.cli.exchange;

import dev.hone.exchange.dspy.DspyProject;
import dev.hone.exchange.dspy.DspyState;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import java.util.Map;
import java.util.stream.Collectors;

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

  /** A state under the names that predictors have as fields of a module of DSPy. */
  static DspyState asFields(DspyState state) {
    return state.renamed(DspyProject::dspyName);
  }
}
