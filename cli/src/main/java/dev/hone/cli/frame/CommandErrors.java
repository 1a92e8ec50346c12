package dev.hone.cli.frame;

import dev.hone.HoneException;
import dev.hone.InvalidInputException;
import dev.hone.lm.LmException;
import dev.hone.optimize.RunNotConfirmedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * What is said and returned when a command cannot do its work: the one place where errors end. Bad
 * input never shows a stack trace; a bug of Hone's own says that it is one, and where the details
 * are.
 */
public final class CommandErrors {
  private CommandErrors() {}

  /** Says what is wrong with the arguments. */
  public static int misused(ParameterException error) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("hone: " + TextLines.harmless(MisusedArgument.text(error)));
    err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCodes.UNUSABLE;
  }

  /** Says why a command failed; gives its exit code. */
  public static int failed(Throwable error, PrintWriter err, String command) {
    int exitCode = exitCode(error);
    if (!isReaderGone(error)) {
      String text = message(error).orElseGet(() -> BugReport.text(error, command));
      err.println("hone: " + TextLines.harmless(text));
    }
    err.flush();
    return exitCode;
  }

  /** Such as {@code head}, which reads a few lines and ends: nothing is wrong. */
  private static boolean isReaderGone(Throwable error) {
    return error.getCause() instanceof IOException io
        && String.valueOf(io.getMessage()).contains("Broken pipe");
  }

  private static int exitCode(Throwable error) {
    if (error instanceof StoppedException || hasCause(error, LmException.Interrupted.class)) {
      return ExitCodes.INTERRUPTED;
    } else if (hasCause(error, LmException.BudgetExhausted.class)) {
      return ExitCodes.BUDGET_SPENT;
    } else if (error instanceof InvalidInputException
        || error instanceof RunNotConfirmedException
        || error instanceof ParameterException) {
      return ExitCodes.UNUSABLE;
    }
    return ExitCodes.FAILED;
  }

  private static boolean hasCause(Throwable error, Class<? extends Throwable> kind) {
    Throwable cause = error;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (kind.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** What the error says to users; empty for one that Hone did not make for them. */
  private static Optional<String> message(Throwable error) {
    if (error instanceof HoneException) {
      return Optional.of(String.valueOf(error.getMessage()));
    } else if (error instanceof UncheckedIOException io
        && io.getCause() instanceof FileSystemException file) {
      return Optional.of(file.getFile() + ": " + problem(file));
    } else if (error instanceof OutOfMemoryError) {
      return Optional.of(
          "Java's memory is used up. Maybe give it more: JAVA_TOOL_OPTIONS=-Xmx4g hone …");
    }
    return Optional.empty();
  }

  private static String problem(FileSystemException error) {
    if (error instanceof NoSuchFileException) {
      return "there is no such file. Maybe the name is misspelt.";
    } else if (error instanceof AccessDeniedException) {
      return "access is denied. Maybe change its permissions.";
    }
    return error.getReason() == null ? "it cannot be used." : error.getReason() + ".";
  }
}
