package dev.hone.stats;

/** The mean of observations that are numbers. */
enum MeanFormula implements TallyFormula {
  MEAN;

  @Override
  public double value(ObservationTally tally) {
    double sum = 0;
    for (int i = 0; i < tally.observations().size(); i++) {
      sum += tally.weight(i) * (Double) tally.observations().get(i);
    }
    return sum / tally.size();
  }

  @Override
  public boolean takesFractions() {
    return true;
  }
}
