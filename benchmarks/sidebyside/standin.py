"""The stand-in for a language model: chooses labels by sentence similarity, writes instructions by one rule.

It reads nothing but the messages it is sent, and no rule depends on who sends them. README.md says what it is and is not.
"""

import ast
import functools
import hashlib
import json
import os
import random
import re
import tempfile

import numpy as np

from encoder import Vectors
from prompt import NONE, Prompt, demos_of, labels_of, notes

# How much a choice is moved by the label's name, by demos, by texts in the instruction; noise per input and per wording.
WEIGHTS = dict(W_NAME=1.0, W_DEMO=1.2, W_TEXT=1.0, NOISE=0.03, BIAS=0.02, LIST_FLOOR=0.26)
WEIGHTS.update(json.loads(os.environ.get("STANDIN", "{}")))
NEAR_THE_BEST = 0.08
# What is answered to all but the task, instead of a text in the layout that was asked for.
UNREADABLE = os.environ.get("STANDIN_UNREADABLE", "")
VECTORS = Vectors(os.path.join(os.environ.get("STANDIN_CACHE", tempfile.gettempdir()), "hone-standin", "vectors.bin"))
OPENERS = ["Read the input with care.", "Decide by what is meant rather than by single words.",
           "Look at what the writer is after.", "Compare the input with the cases below.",
           "Each input is short and informal.", "The inputs are short texts by users."]


def rng(*parts):
    """A generator that is fixed by its parts."""
    return random.Random(hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest())


# ---- the task: a choice among labels ------------------------------------------------------------

class Evidence:
    """How much an input leans to the texts of each label rather than to those of all labels together."""

    def __init__(self, texts):
        own = {label: [VECTORS.of(text) for text in ts if text.strip()] for label, ts in texts.items()}
        own = {label: vectors for label, vectors in own.items() if vectors}
        self.labels = list(own) if len(own) > 1 else []
        if self.labels:
            means = np.array([sum(vectors) / len(vectors) for vectors in own.values()])
            self.middle = means.mean(axis=0)
            self.directions = means - self.middle
            self.trust = np.array([len(vectors) / (len(vectors) + 1) for vectors in own.values()])

    def of(self, x):
        """label -> the leaning; empty where fewer than two labels have texts."""
        if not self.labels:
            return {}
        return dict(zip(self.labels, (self.directions @ (x - self.middle) * self.trust).tolist()))


class Choice:
    """One output field under one instruction and one set of demos: all of the score that no input changes."""

    def __init__(self, system, demos, field):
        self.values, self.many = system.outputs[field]
        self.labels = self.values + ([NONE] if self.many else [])
        bias = rng("bias", system.plain_instruction, field)
        self.bias = [WEIGHTS["BIAS"] * bias.gauss(0, 1) for _ in self.labels]
        self.names = np.array([VECTORS.of(label.replace("_", " ").lower()) for label in self.labels])
        self.shown = Evidence({v: [t for t, o in demos if v in labels_of(o.get(field, ""))] for v in self.labels})
        self.said = Evidence({v: [t for label, t in system.told if label == v] for v in self.labels})

    def scores(self, x, noise):
        """label -> score."""
        shown, said, named = self.shown.of(x), self.said.of(x), (self.names @ x).tolist()
        return {label: WEIGHTS["W_NAME"] * (name if label != NONE else WEIGHTS["LIST_FLOOR"])
                + WEIGHTS["W_DEMO"] * shown.get(label, 0) + WEIGHTS["W_TEXT"] * said.get(label, 0)
                + WEIGHTS["NOISE"] * noise.gauss(0, 1) + bias
                for label, name, bias in zip(self.labels, named, self.bias)}

    def answer(self, x, noise):
        """The best label, or those that beat "none" and are near the best as a JSON list."""
        score = self.scores(x, noise)
        best = max(score, key=score.get)
        if not self.many:
            return best
        return json.dumps([v for v in self.values if score[v] > score[NONE] and score[v] > score[best] - NEAR_THE_BEST])


class Configuration:
    """All output fields under one system text and one set of demos."""

    def __init__(self, system, demos):
        self.key = (system.plain_instruction, str(demos))
        self.choices = {field: Choice(system, demos, field) for field, (values, _) in system.outputs.items() if values}

    def answers(self, system, text):
        x, out = VECTORS.of(text), {}
        for field, (_, many) in system.outputs.items():
            choice = self.choices.get(field)
            if choice is None:
                out[field] = "It reads like that." if not many else "[]"
            else:
                out[field] = choice.answer(x, rng("noise", *self.key, text, field))
        return out


@functools.lru_cache(maxsize=2_000)
def configuration_of(system, shown):
    """The configuration of a system text and the turns of the demos; what many requests share is computed once."""
    return Configuration(system, demos_of(shown, system.inputs))


# ---- anything else: writing about examples ------------------------------------------------------

def blocks(text):
    """Runs of `key: value` lines as dictionaries."""
    found, block = [], {}
    for line in text.split("\n") + [""]:
        pair = re.match(r"\s*([A-Za-z_]\w*):\s+(.+)$", line)
        if pair and not re.match(r"[A-Z][A-Z_]+$", pair.group(1)):
            block[pair.group(1).lower()] = pair.group(2)
        elif block:
            found.append(block)
            block = {}
    return found


def objects(text):
    """Python or JSON objects anywhere in a text."""
    found = []
    for candidate in re.findall(r"\{[^{}]+\}", text):
        try:
            found.append(ast.literal_eval(candidate))
        except (ValueError, SyntaxError):
            pass
    return [each for each in found if isinstance(each, dict)]


def records(text):
    """(label, text) pairs of labelled examples anywhere in a text."""
    pairs = []
    for record in objects(text) + blocks(text):
        values = [value if isinstance(value, str) else json.dumps(value) for value in record.values()]
        texts = [value for value in values if len(value.split()) >= 4 and not value.startswith("[")]
        labels = [label for value in values if len(value.split()) < 4 or value.startswith("[") for label in labels_of(value)]
        pairs += [(label, t.strip("\"'")) for t in texts[:1] for label in labels if re.match(r"[A-Z][A-Z0-9_]+$", label)]
    return pairs


def field(prompt, pattern):
    """The first input field with such a name, or None."""
    return next((value for name, value in prompt.input.items() if re.match(pattern, name, re.I)), None)


def write(prompt, sample):
    """A text about the examples in the input, and whether there is nothing new to say."""
    everything = "\n".join(prompt.input.values())
    r = rng("write", everything, prompt.system.instruction, sample)
    by = {}
    for label, text in dict.fromkeys(records(everything) + notes(everything)):
        by.setdefault(label, []).append(" ".join(text.replace(";", ",").split()[:12]))
    lines = [field(prompt, r"(basic|current)\w*instruction") or r.choice(OPENERS), r.choice(OPENERS)]
    share = r.uniform(0.5, 1.0)
    for label in sorted(by):
        if r.random() < share:
            texts = list(dict.fromkeys(by[label]))
            lines.append(label + ": " + "; ".join(r.sample(texts, min(len(texts), r.randint(1, 3)))))
    earlier = field(prompt, r"(prior|earlier)\w*observations")
    known = {label for label, _ in notes(earlier or "")}
    return "\n".join(lines), earlier is not None and set(by) <= known


def written(prompt, sample):
    """The written text in each output field; a flag or the word that the prompt asks for where nothing is new."""
    text, nothing_new = write(prompt, sample)
    word = re.search(r"\bsay '(\w+)'", prompt.system.instruction)
    out = {name: text for name in prompt.system.outputs}
    for name, bullet in prompt.system.output_bullets.items():
        if re.match(r"\((bool|true)", bullet):
            out[name] = str(nothing_new).lower()
        elif word and nothing_new:
            out[name] = word.group(1)
    return out


def reply(prompt: Prompt, sample):
    """The reply's text in the layout that the prompt asks for; one that no layout has if the proposer is to fail."""
    if UNREADABLE and not prompt.task:
        return UNREADABLE
    if prompt.task:
        configuration = configuration_of(prompt.system, prompt.shown)
        out = configuration.answers(prompt.system, "\n".join(prompt.input.values()))
    else:
        out = written(prompt, sample)
    if prompt.json:
        loads = lambda value: json.loads(value) if re.match(r"\[|true$|false$", value) else value
        return json.dumps({name: loads(value) for name, value in out.items()})
    return "\n\n".join("[[ ## %s ## ]]\n%s" % pair for pair in out.items()) + "\n\n[[ ## completed ## ]]"
