/**
 * Programs over language models: signatures, models, adapters, contexts, programs, data, metrics,
 * evaluation and judges. What is exported to all is the promise; what is exported to Hone's own
 * modules only is the engine room, and may change at any time.
 */
@SuppressWarnings("module")
module dev.hone {
  requires transitive tools.jackson.databind;
  requires tools.jackson.dataformat.csv;
  requires com.github.benmanes.caffeine;
  requires org.slf4j;
  requires static transitive java.sql;
  requires static transitive org.jspecify;

  exports dev.hone;
  exports dev.hone.adapter;
  exports dev.hone.batch;
  exports dev.hone.compiled;
  exports dev.hone.context;
  exports dev.hone.data;
  exports dev.hone.data.format;
  exports dev.hone.data.overlap;
  exports dev.hone.data.summary;
  exports dev.hone.embed;
  exports dev.hone.evaluate;
  exports dev.hone.evaluate.repeat;
  exports dev.hone.judge;
  exports dev.hone.history;
  exports dev.hone.lm;
  exports dev.hone.lm.batch;
  exports dev.hone.metric;
  exports dev.hone.observe;
  exports dev.hone.pipeline;
  exports dev.hone.program;
  exports dev.hone.price;
  exports dev.hone.prompt;
  exports dev.hone.random;
  exports dev.hone.retrieve;
  exports dev.hone.signature;
  exports dev.hone.stats;
  exports dev.hone.store;
  exports dev.hone.stream;
  exports dev.hone.tool;
  exports dev.hone.type;
  exports dev.hone.coerce to
      dev.hone.optimize,
      dev.hone.agents,
      dev.hone.mcp,
      dev.hone.local,
      dev.hone.project;
  exports dev.hone.file to
      dev.hone.optimize,
      dev.hone.sqlite,
      dev.hone.project;
  exports dev.hone.json to
      dev.hone.optimize,
      dev.hone.agents,
      dev.hone.mcp,
      dev.hone.datasets,
      dev.hone.parquet,
      dev.hone.sqlite,
      dev.hone.local,
      dev.hone.langchain4j,
      dev.hone.springai,
      dev.hone.springboot,
      dev.hone.modelserver,
      dev.hone.testkit,
      dev.hone.cli,
      dev.hone.project;
  exports dev.hone.lm.media to
      dev.hone.optimize,
      dev.hone.sqlite,
      dev.hone.modelserver;
  exports dev.hone.lm.bridge to
      dev.hone.exchange,
      dev.hone.langchain4j,
      dev.hone.springai;
  exports dev.hone.price.reserve to
      dev.hone.optimize;
  exports dev.hone.replay to
      dev.hone.optimize;
  exports dev.hone.row to
      dev.hone.agents;
  exports dev.hone.text to
      dev.hone.optimize,
      dev.hone.agents,
      dev.hone.mcp,
      dev.hone.datasets,
      dev.hone.parquet,
      dev.hone.local,
      dev.hone.langchain4j,
      dev.hone.springai,
      dev.hone.springboot,
      dev.hone.modelserver,
      dev.hone.testkit,
      dev.hone.cli,
      dev.hone.project;
  exports dev.hone.type.bean to
      dev.hone.langchain4j,
      dev.hone.springai;
  exports dev.hone.work to
      dev.hone.optimize,
      dev.hone.agents;

  uses dev.hone.embed.Embedder;
  uses dev.hone.lm.ModelProvider;
}
