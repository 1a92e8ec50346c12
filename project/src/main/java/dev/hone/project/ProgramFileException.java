package dev.hone.project;

import dev.hone.InvalidInputException;
import dev.hone.project.yaml.Problem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A project file that cannot be used. Tells all that is wrong with it at once, each with line,
 * column, what was found, what was expected, and a likely fix.
 */
public final class ProgramFileException extends InvalidInputException {
  private static final int SHOWN = 20;
  private static final long serialVersionUID = 1L;

  private final transient List<ProgramFileProblem> problems;

  ProgramFileException(String file, List<Problem> problems) {
    super(message(file, problems));
    this.problems =
        problems.stream()
            .map(
                p ->
                    new ProgramFileProblem(
                        p.line(), p.column(), p.path(), p.found(), p.expected(), p.fix()))
            .toList();
  }

  private static String message(String file, List<Problem> problems) {
    String shown =
        problems.stream()
            .limit(SHOWN)
            .map(problem -> file + (problem.line() == 0 ? ": " : ", ") + problem.inWords())
            .collect(Collectors.joining("\n"));
    int more = problems.size() - SHOWN;
    return more > 0 ? shown + "\n… and %d more".formatted(more) : shown;
  }

  /** What is wrong, in the order of the file; at least one. */
  public List<ProgramFileProblem> problems() {
    return problems;
  }
}
