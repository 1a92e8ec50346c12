#!/usr/bin/env python3
"""Compares the speed of two builds: forks of JMH taken in turn, and the ratio of their means with its interval.

Usage: compare.py OLD_JAR NEW_JAR [ROUNDS] [PATTERN]

Each round runs a fork of either jar, in alternating order, so that what else the machine does meets both. A ratio is
that of one round; printed are the geometric mean of the ratios new / old and its 95 % interval by Student's t.
"""
import json
import math
import statistics
import subprocess
import sys
import tempfile

# Quantiles of Student's t at 0.975, by degrees of freedom from 1.
STUDENT = [12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131]


def fork(jar, pattern):
    """The mean of each benchmark that matches, by name and parameters."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        command = ["java", "-jar", jar, pattern, "-f", "1", "-rf", "json", "-rff", out.name, "-v", "SILENT"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        means = {}
        for result in json.load(open(out.name)):
            params = ",".join(f"{k}={v}" for k, v in sorted(result.get("params", {}).items()))
            name = result["benchmark"].rsplit(".", 2)[-2] + "." + result["benchmark"].rsplit(".", 1)[-1]
            means[f"{name} {params}".strip()] = result["primaryMetric"]["score"]
        return means


def main():
    old, new = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 6
    pattern = sys.argv[4] if len(sys.argv) > 4 else "(PredictBenchmark|TpeBenchmark)"
    pairs = {}
    for i in range(rounds):
        order = [(old, "old"), (new, "new")] if i % 2 == 0 else [(new, "new"), (old, "old")]
        measured = {label: fork(jar, pattern) for jar, label in order}
        for name in measured["old"]:
            pairs.setdefault(name, []).append((measured["old"][name], measured["new"][name]))
    print(f"{'benchmark':50} {'old':>9} {'new':>9} {'ratio':>6}  95 % interval, {rounds} rounds")
    for name, values in sorted(pairs.items()):
        logs = [math.log(n / o) for o, n in values]
        mean = statistics.mean(logs)
        half = STUDENT[len(logs) - 2] * statistics.stdev(logs) / math.sqrt(len(logs)) if len(logs) > 1 else math.inf
        print(
            f"{name:50} {statistics.mean(o for o, _ in values):9.2f} {statistics.mean(n for _, n in values):9.2f}"
            f" {math.exp(mean):6.3f}  {math.exp(mean - half):.3f} to {math.exp(mean + half):.3f}"
        )


if __name__ == "__main__":
    main()
