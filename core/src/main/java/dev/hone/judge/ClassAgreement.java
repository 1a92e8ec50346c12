package dev.hone.judge;

import dev.hone.stats.Estimate;
import java.util.Optional;

/**
 * How far a judge agrees with the gold labels on one class. Immutable.
 *
 * @param label the class
 * @param gold the number of examples with this label
 * @param judged the number of examples on which the judge gives it
 * @param both the number of examples on which both do
 * @param precision the share of the judge's verdicts of this class that are right; empty if there
 *     are none
 * @param recall the share of the labels of this class that the judge finds; empty if there are none
 * @param f1 the harmonic mean of both; empty if neither gold nor judge has the class
 * @param <T> the type of the labels
 */
public record ClassAgreement<T>(
    T label,
    int gold,
    int judged,
    int both,
    Optional<Estimate> precision,
    Optional<Estimate> recall,
    Optional<Estimate> f1) {}
