package dev.hone.cli.frame;

import dev.hone.context.Context;
import dev.hone.context.ContextBuilder;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelSpec;
import dev.hone.pipeline.LmPipeline;
import dev.hone.project.ProgramFile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The model of a command, ready to be called, with the cache that keeps its replies, and those of
 * judge, teacher and proposer. To be closed. Thread-safe.
 */
public final class OpenModel implements AutoCloseable {
  private final ModelSpec spec;
  private final DiskCache cache;
  private final int maxInFlight;
  private final LanguageModel lm;
  private final Map<String, ModelSpec> others = new ConcurrentHashMap<>();

  OpenModel(ModelSpec spec, DiskCache cache, int maxInFlight) {
    this.spec = spec;
    this.cache = cache;
    this.maxInFlight = maxInFlight;
    this.lm = pipeline(spec);
  }

  private LanguageModel pipeline(ModelSpec named) {
    LmPipeline.Builder pipeline = LmPipeline.builder(named.create()).maxInFlight(maxInFlight);
    cache.cache().ifPresent(pipeline::cache);
    return pipeline.build();
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
  public DiskCache cache() {
    return cache;
  }

  /** A copy of a project whose judge, teacher and proposer have this cache, too. */
  public ProgramFile serving(ProgramFile project) {
    return project.withModels(
        name -> {
          ModelSpec other = ModelSpec.parse(name);
          others.put(name, other);
          return pipeline(other);
        });
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
    cache.close();
  }
}
