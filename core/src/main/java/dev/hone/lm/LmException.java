package dev.hone.lm;

import dev.hone.HoneException;
import dev.hone.text.Redaction;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call to a language model that ended without a reply. {@link Retriable} ones may succeed later;
 * {@link Fatal} ones will fail again. Messages hold nothing that looks like a credential, see
 * {@link Redaction}; the message of a cause is what others wrote, and cannot be changed here.
 */
public abstract sealed class LmException extends HoneException {
  private static final long serialVersionUID = 1L;

  private LmException(String message, @Nullable Throwable cause) {
    super(clean(message), cause);
  }

  /** The message of a foreign exception, which may have been passed on, may be null. */
  private static String clean(@Nullable String message) {
    return message == null ? "no message" : Redaction.of(message);
  }

  /** A fault that may be gone at the next try. */
  public abstract static sealed class Retriable extends LmException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    private Retriable(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
      super(message, cause);
      this.retryAfter = retryAfter;
    }

    /** How long the provider asked to wait, if it did. */
    public Optional<Duration> retryAfter() {
      return Optional.ofNullable(retryAfter);
    }
  }

  /** A fault that trying again does not repair. */
  public abstract static sealed class Fatal extends LmException {
    private static final long serialVersionUID = 1L;

    private Fatal(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Too many requests or tokens for the provider's limits. */
  public static final class RateLimited extends Retriable {
    private static final long serialVersionUID = 1L;

    /** Makes the exception, with the wait that the provider asked for if it did. */
    public RateLimited(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
      super(message, retryAfter, cause);
    }
  }

  /** No reply in time. */
  public static final class TimedOut extends Retriable {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public TimedOut(String message, @Nullable Throwable cause) {
      super(message, null, cause);
    }
  }

  /** The provider is broken or overloaded, or the connection to it is. */
  public static final class Unavailable extends Retriable {
    private static final long serialVersionUID = 1L;

    /** Makes the exception, with the wait that the provider asked for if it did. */
    public Unavailable(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
      super(message, retryAfter, cause);
    }
  }

  /**
   * A reply broke off after a part of it was shown to whoever watched it arrive, and so was not
   * asked for again: that could say something else. The cause is what ended it. Calling again, for
   * another reply, may help.
   */
  public static final class StreamBroken extends Retriable {
    private static final long serialVersionUID = 1L;

    /** Makes the exception, for what broke the reply off. */
    public StreamBroken(Retriable cause) {
      super(
          "The reply broke off after a part of it was shown, so it was not asked for again: "
              + cause.getMessage(),
          cause.retryAfter().orElse(null),
          cause);
    }
  }

  /** The credential is missing, wrong or not allowed to do this. */
  public static sealed class Unauthorized extends Fatal permits PaymentRequired {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public Unauthorized(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * The account has no credit or quota left, or its billing is not set up; ends a run as a refused
   * credential does.
   */
  public static final class PaymentRequired extends Unauthorized {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public PaymentRequired(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The prompt is longer than the model takes. */
  public static final class ContextWindowExceeded extends Fatal {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public ContextWindowExceeded(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The provider refused the content. */
  public static final class ContentRefused extends Fatal {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public ContentRefused(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The provider does not know the model, or did not understand the request. */
  public static final class InvalidRequest extends Fatal {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public InvalidRequest(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * The provider's code threw what it should not, or returned null: a bug, most likely in the class
   * that implements {@link LanguageModel}. The cause says which.
   */
  public static final class ProviderFailed extends Fatal {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public ProviderFailed(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The call was not made, since the budget of the context is spent. */
  public static final class BudgetExhausted extends Fatal {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public BudgetExhausted(String message) {
      super(message, null);
    }
  }

  /** The call was not made, since an interceptor vetoed it. */
  public static final class Vetoed extends Fatal {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public Vetoed(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * The call was not made, or its reply was lost, since the journal of the run could not be
   * written; ends the run as a spent budget does.
   */
  public static final class JournalFailed extends Fatal {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public JournalFailed(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The thread that waited for the reply was interrupted. */
  public static final class Interrupted extends Fatal {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public Interrupted(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
