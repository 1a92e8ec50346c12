"""Successive halving on recorded candidates, in points lost against evaluating everything: python halving.py ceiling.jsonl."""

import json
import math
import random
import statistics as st
import sys

PLAYS = 20
BUDGETS = (100, 140, 180, 220, 300)


def stratified(strata, rng):
    """The examples in a random order of which every prefix holds the strata about in proportion."""
    by = {}
    for example in rng.sample(range(len(strata)), len(strata)):
        by.setdefault(strata[example], []).append(example)
    places = [((i + rng.random()) / len(examples), example) for examples in by.values() for i, example in enumerate(examples)]
    return [example for _, example in sorted(places)]


def halving(run, budget, rng):
    """The configuration that is left, and the calls: each rung has the same share of the budget and keeps the better half."""
    scores = [configuration["val"] for configuration in run["configurations"]]
    order = stratified(run["strata"], rng)
    field, seen, calls = list(range(len(scores))), 0, 0
    rungs = math.ceil(math.log2(len(field)))
    for _ in range(rungs):
        reached = min(len(order), seen + max(1, int(budget / rungs / len(field))))
        calls += len(field) * (reached - seen)
        seen = reached
        means = {c: st.mean(scores[c][example] for example in order[:seen]) for c in field}
        field = sorted(field, key=lambda c: -means[c])[:(len(field) + 1) // 2]
    return field[0], calls


def everything(run):
    """The test score of what is best on the whole validation set; the mean of equals."""
    means = [st.mean(configuration["val"]) for configuration in run["configurations"]]
    return st.mean(test(c) for c, mean in zip(run["configurations"], means) if max(means) - mean < 1e-9)


def test(configuration):
    scores = configuration["test"]
    return st.mean(scores) if isinstance(scores, list) else scores


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        runs = [json.loads(line) for line in lines]
    cells = {}
    for run in runs:
        cells.setdefault((run["task"], run["program"]), []).append(run)
    print("| budget | calls | " + " | ".join(" ".join(cell) for cell in sorted(cells)) + " | pooled |")
    print("|---" * (len(cells) + 3) + "|")
    for budget in BUDGETS:
        calls, losses = [], []
        for cell in sorted(cells):
            lost = []
            for run in cells[cell]:
                for seed in range(PLAYS):
                    left, paid = halving(run, budget, random.Random(seed))
                    lost.append(100 * (everything(run) - test(run["configurations"][left])))
                    calls.append(paid)
            losses.append(st.mean(lost))
        figures = " | ".join(f"{loss:+.2f}" for loss in [*losses, st.mean(losses)])
        print(f"| {budget} | {st.mean(calls):.0f} | {figures} |")


if __name__ == "__main__":
    main()
