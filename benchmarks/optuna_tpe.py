"""The comparison of TpeBenchmark: one suggestion of Optuna's multivariate TPE after a number of finished trials.

python optuna_tpe.py [--json] [TRIALS ...]        default: 30 300 1000

Four categorical dimensions of 7, 13, 7 and 13 candidates, as in TpeBenchmark. Prints the mean processor time of a suggestion
in microseconds, its 99.9 % interval and Optuna's version; with --json one object. Runs on Optuna 3 to 5.
"""

import json
import random
import statistics
import sys
import time

import optuna

CHOICES = [7, 13, 7, 13]
SUGGESTIONS = 100
UNCOUNTED = 10  # the first ones warm up
QUANTILE = 3.39  # Student's t at 0.9995 for 99 degrees of freedom

optuna.logging.set_verbosity(optuna.logging.ERROR)
DIMENSIONS = {f"d{i}": optuna.distributions.CategoricalDistribution(list(range(n))) for i, n in enumerate(CHOICES)}


def study_of(trials):
    """A study with as many finished trials, drawn at random."""
    draws = random.Random(1)
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(multivariate=True, seed=1))
    for _ in range(trials):
        params = {name: draws.randrange(len(d.choices)) for name, d in DIMENSIONS.items()}
        study.add_trial(optuna.trial.create_trial(params=params, distributions=DIMENSIONS, value=draws.random()))
    return study


def times_of(trials):
    """Microseconds of processor time of each suggestion, of the sampler alone: ask() would also time the storage."""
    study = study_of(trials)
    study.ask()  # since Optuna 5 the sampler notes its parameters at the trial, which must be a running one
    running = study.trials[-1]
    space = study.sampler.infer_relative_search_space(study, running)
    times = []
    for _ in range(SUGGESTIONS + UNCOUNTED):
        start = time.thread_time()
        suggestion = study.sampler.sample_relative(study, running, space)
        times.append((time.thread_time() - start) * 1e6)
        if set(suggestion) != set(DIMENSIONS):
            sys.exit(f"the sampler fell back to independent sampling: {suggestion}")
    return times[UNCOUNTED:]


def main(arguments):
    found = {}
    for trials in [int(each) for each in arguments if each != "--json"] or [30, 300, 1000]:
        times = times_of(trials)
        error = QUANTILE * statistics.stdev(times) / len(times) ** 0.5
        found[trials] = {"mean_us": statistics.mean(times), "error_us": error, "median_us": statistics.median(times)}
    if "--json" in arguments:
        print(json.dumps(found))
        return
    for trials, of in found.items():
        print(f"{of['mean_us']:.0f} +- {of['error_us']:.0f} us per suggestion after {trials} trials, Optuna {optuna.__version__}")


if __name__ == "__main__":
    main(sys.argv[1:])
