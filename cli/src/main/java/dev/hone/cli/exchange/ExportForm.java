package dev.hone.cli.exchange;

import java.util.Locale;
import picocli.CommandLine.Option;

/** What a program is exported as: exactly one. */
final class ExportForm {
  @Option(names = "--text", description = "The prompt as plain text.")
  private boolean text;

  @Option(
      names = "--messages",
      description = "Chat messages as JSON, with the schema of the answer if the adapter has one.")
  private boolean messages;

  @Option(
      names = "--java",
      description = "A Java class with records, enums and Compiled.load; gives the same requests.")
  private boolean java;

  @Option(names = "--langchain4j", description = "An AI service interface for LangChain4j.")
  private boolean langchain4j;

  @Option(names = "--spring-ai", description = "A Java class with prompt templates of Spring AI.")
  private boolean springAi;

  @Option(names = "--dspy", description = "The state of a DSPy program, for program.load(FILE).")
  private boolean dspy;

  @Option(
      names = "--finetune",
      description =
          "Chat JSONL to train a model with: runs the program over the learning rows, and takes"
              + " the runs that the metric passes. Calls the model.")
  private boolean finetune;

  /** The kinds. */
  enum Kind {
    TEXT,
    MESSAGES,
    JAVA,
    LANGCHAIN4J,
    SPRING_AI,
    DSPY,
    FINETUNE;

    /** Whether it is Java source. */
    boolean isSource() {
      return this == JAVA || this == LANGCHAIN4J || this == SPRING_AI;
    }

    /** The name in JSON. */
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  Kind kind() {
    if (text) {
      return Kind.TEXT;
    } else if (messages) {
      return Kind.MESSAGES;
    } else if (java) {
      return Kind.JAVA;
    } else if (langchain4j) {
      return Kind.LANGCHAIN4J;
    } else if (springAi) {
      return Kind.SPRING_AI;
    } else if (dspy) {
      return Kind.DSPY;
    }
    return finetune ? Kind.FINETUNE : Kind.TEXT;
  }
}
