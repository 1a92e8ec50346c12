package dev.hone.cli.frame;

/** How a command ended, as a shell sees it; the same for all commands. */
public final class ExitCodes {
  /** It worked. */
  public static final int WORKED = 0;

  /** It failed, or some rows of a file failed. */
  public static final int FAILED = 1;

  /** Arguments, project file or data cannot be used; nothing was done. */
  public static final int UNUSABLE = 2;

  /**
   * It worked, and nothing better was shown; of a comparison: the second is not shown to be better;
   * of a check: it scores lower than recorded.
   */
  public static final int NOTHING_BETTER = 3;

  /** A budget was spent before the end; what was found is kept. */
  public static final int BUDGET_SPENT = 4;

  /** Ctrl-C; what was found is kept. */
  public static final int INTERRUPTED = 130;

  private ExitCodes() {}
}
