"""Splits a task's training file: 60% of each label to learn from, 40% to choose by; the same for both programs.

python split.py SOURCE OUT LABEL SEED: SOURCE has train.jsonl and test.jsonl, OUT gets train, val and test.jsonl. See seeds.json.
"""

import collections
import json
import os
import random
import sys

SHARE_TO_LEARN_FROM = 0.6


def read(path):
    """The rows of a JSON lines file."""
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def split(rows, label, seed):
    """The rows to learn from and those to choose by."""
    groups = collections.defaultdict(list)
    for row in rows:
        groups[row[label]].append(row)
    generator, train, val = random.Random(seed), [], []
    for name in sorted(groups):
        group = groups[name]
        generator.shuffle(group)
        cut = round(SHARE_TO_LEARN_FROM * len(group))
        train += group[:cut]
        val += group[cut:]
    generator.shuffle(train)
    generator.shuffle(val)
    return train, val


def write_split(source, out, label, seed):
    """Writes train.jsonl, val.jsonl and test.jsonl of one seed."""
    train, val = split(read(f"{source}/train.jsonl"), label, seed)
    os.makedirs(out, exist_ok=True)
    for name, rows in (("train", train), ("val", val), ("test", read(f"{source}/test.jsonl"))):
        with open(f"{out}/{name}.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)


if __name__ == "__main__":
    write_split(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
