package dev.hone.cli.frame;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.context.ContextBuilder;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelSpec;
import dev.hone.pipeline.LmPipeline;
import dev.hone.project.ProgramFile;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
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
      defaultValue = "16",
      description =
          "The most model calls at once, of all models together (default: ${DEFAULT-VALUE}). Does"
              + " not change the result.")
  private int inFlight;

  @Mixin private CacheOptions cacheOptions = new CacheOptions();

  /** The model's name: the option, else what the project says, else the embedded model. */
  public String name(Optional<String> ofProject) {
    return model != null ? model : ofProject.orElse("embedded");
  }

  /** The most model calls at once. */
  public int inFlight() {
    return inFlight;
  }

  /**
   * Makes the model; a remote one is first asked for one word, to see that it is there.
   *
   * @throws InvalidInputException if the name or a number cannot be used
   */
  public OpenModel open(Optional<String> ofProject) {
    OpenModel model = openUnasked(ofProject);
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
    if (inFlight < 1) {
      throw InvalidInputException.of("--in-flight (" + inFlight + ") is less than 1", "use 16");
    }
    ModelSpec named = ModelSpec.parse(name(ofProject));
    PrintWriter err = spec.commandLine().getErr();
    return new OpenModel(named, remote -> cacheOptions.open(remote, err), inFlight);
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
    private final CallLimit limit;
    private final LanguageModel lm;
    private final Map<String, ModelSpec> others = new ConcurrentHashMap<>();

    OpenModel(ModelSpec spec, Function<ModelSpec, DiskCache> opener, int maxInFlight) {
      this.spec = spec;
      this.opener = opener;
      this.maxInFlight = maxInFlight;
      this.limit = new CallLimit(maxInFlight);
      this.lm = pipeline(spec);
    }

    private LanguageModel pipeline(ModelSpec named) {
      LmPipeline.Builder pipeline =
          LmPipeline.builder(limit.around(named.create())).maxInFlight(maxInFlight);
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
                return pipeline(other);
              });
      served.metric();
      return served;
    }

    /** A context for the calls of a project's program, with the options that the file says. */
    public ContextBuilder context(ProgramFile project) {
      return Context.builder().lm(lm).options(project.modelOptions());
    }

    /** This model, and those that were made for projects by {@link #serving}. */
    public List<ModelSpec> all() {
      return Stream.concat(Stream.of(spec), others.values().stream()).distinct().toList();
    }

    /** Asks a remote model for one word, to see that it is there; no count includes that call. */
    public void probe() {
      if (!spec.provider().isInProcess()) {
        ModelProbe.ask(spec.create(), spec);
      }
    }

    @Override
    public void close() {
      cache().close();
    }
  }
}
