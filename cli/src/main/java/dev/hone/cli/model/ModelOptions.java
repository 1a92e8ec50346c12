package dev.hone.cli.model;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.context.ContextBuilder;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelSpec;
import dev.hone.lm.batch.BatchNotice;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.TrafficSettings;
import dev.hone.project.ProgramFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options for the model that answers, and the cache of its replies. */
public final class ModelOptions {
  private static final int SINGLE_IN_FLIGHT = 16;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "The model, such as embedded or openai:gpt-4o-mini; see hone models. Default: the model"
              + " of the project file, or embedded.")
  private @Nullable String model;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description =
          "The most model calls at once, of all models together (default: 16). Does not change the"
              + " result.")
  private @Nullable Integer inFlight;

  @Mixin private RateOptions rates = new RateOptions();

  @Mixin private CacheOptions cacheOptions = new CacheOptions();

  /** The model's name: the option, else what the project says, else the embedded model. */
  public String name(Optional<String> ofProject) {
    return model != null ? model : ofProject.orElse("embedded");
  }

  /**
   * The most model calls at once, without batch APIs.
   *
   * @throws InvalidInputException if it is less than 1
   */
  public int inFlight() {
    requireInFlight();
    return Objects.requireNonNullElse(inFlight, SINGLE_IN_FLIGHT);
  }

  /** What a minute may have. */
  public RateOptions rates() {
    return rates;
  }

  private void requireInFlight() {
    if (inFlight != null && inFlight < 1) {
      throw InvalidInputException.of("--in-flight (" + inFlight + ") is less than 1", "use 16");
    }
  }

  /**
   * Makes the model; a remote one is first asked for one word, to see that it is there.
   *
   * @throws InvalidInputException if the name or a number cannot be used
   */
  public OpenModel open(Optional<String> ofProject) {
    return open(ofProject, Optional.empty());
  }

  /**
   * As {@link #open(Optional)}, with calls that go by batch APIs.
   *
   * @param batches the folder in which it is remembered what is handed in; empty for single calls
   */
  public OpenModel open(Optional<String> ofProject, Optional<Path> batches) {
    OpenModel model = openUnasked(ofProject, batches);
    try {
      model.probe();
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    return model;
  }

  /**
   * Makes the model without a call; for commands that ask the user first.
   *
   * @throws InvalidInputException if the name or a number cannot be used
   */
  public OpenModel openUnasked(Optional<String> ofProject) {
    return openUnasked(ofProject, Optional.empty());
  }

  /**
   * As {@link #openUnasked(Optional)}, with calls that go by batch APIs; see {@link #open(Optional,
   * Optional)}.
   */
  public OpenModel openUnasked(Optional<String> ofProject, Optional<Path> batches) {
    requireInFlight();
    if (batches.isPresent()) {
      rates.requireNone();
    }
    ModelSpec named = ModelSpec.parse(name(ofProject));
    PrintWriter err = spec.commandLine().getErr();
    boolean goesOn = spec.findOption("--resume") != null;
    return new OpenModel(
        named,
        remote -> cacheOptions.open(remote, err),
        inFlight,
        rates.traffic(),
        batches.map(folder -> new ModelBatches(folder, err, goesOn)).orElse(null));
  }

  /**
   * The model of a command, ready to be called, with the cache that keeps its replies, and those of
   * judge, teacher and proposer. To be closed. Thread-safe.
   */
  public static final class OpenModel implements AutoCloseable {
    private final ModelSpec spec;
    private final Function<ModelSpec, DiskCache> opener;
    private @Nullable DiskCache cache;
    private final int maxInFlight;
    private final int maxInBatches;
    private final @Nullable ModelBatches batches;
    private final TrafficSettings traffic;
    private final CallLimit limit;
    private final LanguageModel lm;
    private final Map<String, ModelSpec> others = new ConcurrentHashMap<>();
    private final Map<String, LanguageModel> remotes = new ConcurrentHashMap<>();

    OpenModel(
        ModelSpec spec,
        Function<ModelSpec, DiskCache> opener,
        @Nullable Integer maxInFlight,
        TrafficSettings traffic,
        @Nullable ModelBatches batches) {
      this.spec = spec;
      this.traffic = traffic;
      this.opener = opener;
      this.batches = batches;
      this.maxInFlight = Objects.requireNonNullElse(maxInFlight, SINGLE_IN_FLIGHT);
      this.maxInBatches = Objects.requireNonNullElseGet(maxInFlight, ModelBatches::usualInFlight);
      this.limit = new CallLimit(this.maxInFlight);
      LanguageModel made = spec.create();
      if (batches != null) {
        ModelBatches.require(made, spec);
      }
      this.lm = pipeline(spec, made);
      remotes.put(spec.text(), lm);
    }

    /** With batches they have no limit in common: calls that wait do not load the provider. */
    private LanguageModel pipeline(ModelSpec named, LanguageModel made) {
      LmPipeline.Builder pipeline =
          batches != null && ModelBatches.takes(made)
              ? LmPipeline.builder(batches.of(named, made)).maxInFlight(maxInBatches)
              : LmPipeline.builder(limit.around(made)).maxInFlight(maxInFlight).traffic(traffic);
      if (!named.provider().isInProcess()) {
        opened(named).cache().ifPresent(pipeline::cache);
      }
      return pipeline.build();
    }

    /** One cache for all, opened with the first model that is not in this process. */
    private synchronized DiskCache opened(ModelSpec remote) {
      if (cache == null) {
        cache = opener.apply(remote);
      }
      return cache;
    }

    /** Its name. */
    public ModelSpec spec() {
      return spec;
    }

    /** The pipeline that calls go through. */
    public LanguageModel lm() {
      return lm;
    }

    /** The cache on disk, or none. */
    public synchronized DiskCache cache() {
      return cache == null ? DiskCache.NONE : cache;
    }

    /**
     * A copy of a project whose judge, teacher and proposer have this cache and this limit, too. A
     * judge is made, without a call, so that {@link #all} names it.
     */
    public ProgramFile serving(ProgramFile project) {
      ProgramFile served =
          project.withModels(
              name -> {
                ModelSpec other = ModelSpec.parse(name);
                others.put(name, other);
                return serving(other);
              });
      served.metric();
      return served;
    }

    /**
     * A remote model has one pipeline, whoever asks it, since its rates are those of an account.
     */
    private LanguageModel serving(ModelSpec named) {
      return named.provider().isInProcess() || batches != null
          ? pipeline(named, named.create())
          : remotes.computeIfAbsent(named.text(), text -> pipeline(named, named.create()));
    }

    /** A context for the calls of a project's program, with the options that the file says. */
    public ContextBuilder context(ProgramFile project) {
      return Context.builder().lm(lm).options(project.modelOptions());
    }

    /** This model, and those that were made for projects by {@link #serving}. */
    public List<ModelSpec> all() {
      return Stream.concat(Stream.of(spec), others.values().stream()).distinct().toList();
    }

    /** Whether it is asked in batches. */
    public boolean isBatched() {
      return batches != null;
    }

    /** Tells this one of batches from now on. */
    public void listen(BatchNotice.Listener listener) {
      if (batches != null) {
        batches.listener(listener);
      }
    }

    /** All answers are kept elsewhere: of batches nothing need be remembered. */
    public void forgetBatches() {
      if (batches != null) {
        batches.done();
      }
    }

    /**
     * Asks a remote model for one word, to see that it is there; no count includes that call. One
     * that is asked in batches is looked at without a call that costs.
     */
    public void probe() {
      if (batches != null) {
        batches.check(spec);
      } else if (!spec.provider().isInProcess()) {
        ModelProbe.ask(spec.create(), spec);
      }
    }

    @Override
    public void close() {
      if (batches != null) {
        batches.close();
      }
      cache().close();
    }
  }
}
