/**
 * Optimizers: from a program, a metric and examples to a better program. What is not exported is
 * the engine room, and may change at any time. Open to the core are packages with programs of their
 * own, whose predictors are found in their fields.
 */
@SuppressWarnings("module")
module dev.hone.optimize {
  requires transitive dev.hone;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.hone.optimize;
  exports dev.hone.optimize.candidate;
  exports dev.hone.optimize.copro;
  exports dev.hone.optimize.ensemble;
  exports dev.hone.optimize.fewshot;
  exports dev.hone.optimize.knn;
  exports dev.hone.optimize.log;
  exports dev.hone.optimize.mipro;
  exports dev.hone.optimize.randomsearch;
  exports dev.hone.optimize.run;
  exports dev.hone.optimize.search;
  exports dev.hone.optimize.search.racing;
  exports dev.hone.optimize.search.tpe;
  exports dev.hone.optimize.verdict;

  opens dev.hone.optimize.ensemble to
      dev.hone;
  opens dev.hone.optimize.propose to
      dev.hone;

  uses dev.hone.optimize.search.Search;

  provides dev.hone.optimize.search.Search with
      dev.hone.optimize.search.racing.RacingSearch,
      dev.hone.optimize.search.tpe.TpeSearch,
      dev.hone.optimize.search.schedule.RandomSearch;
}
