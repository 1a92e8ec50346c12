package dev.hone.cli.frame;

import picocli.CommandLine.Option;

/** The option by which models are asked in batches. */
public final class BatchOption {
  @Option(
      names = "--batch",
      description =
          "Asks by the batch API of the model's provider: for about half of the price, with answers"
              + " after minutes to a day. What is handed in is remembered: after Ctrl-C or a kill the"
              + " same command gets the answers and pays nothing twice (with --resume, where the"
              + " command has that).")
  private boolean batch;

  /** Whether it was given. */
  public boolean isGiven() {
    return batch;
  }
}
