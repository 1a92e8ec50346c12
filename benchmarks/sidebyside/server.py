"""The stand-in model as an OpenAI-compatible chat endpoint on this machine: python server.py PORT [LOG].

Prints its address, and takes a free port where PORT is 0. GET /stats: requests, distinct prompts and tokens, of the task and of others; GET /reset: the same, then starts anew.
"""

import hashlib
import json
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prompt import Prompt
from standin import reply

TOKENS_PER_WORD = 1.3
COUNTS = ("requests", "distinct", "prompt_tokens", "completion_tokens", "distinct_prompt_tokens", "distinct_completion_tokens")


class Stats:
    """What was asked since the last reset. A prompt is distinct the first time that it is asked."""

    def __init__(self):
        self.lock, self.values, self.asked = threading.Lock(), {}, {}

    def sample(self, key):
        """How often this prompt was asked before."""
        with self.lock:
            self.asked[key] = self.asked.get(key, -1) + 1
            return self.asked[key]

    def count(self, prompt, first, tokens_in, tokens_out):
        with self.lock:
            kind = self.values.setdefault("task" if prompt.task else "other", dict.fromkeys(COUNTS, 0))
            added = (1, first, tokens_in, tokens_out, first * tokens_in, first * tokens_out)
            for name, value in zip(COUNTS, added):
                kind[name] += value
            for name in ("json", "repair", "odd"):
                self.values[name] = self.values.get(name, 0) + bool(getattr(prompt, name))

    def read(self, reset):
        with self.lock:
            answer = json.dumps(self.values)
            if reset:
                self.values, self.asked = {}, {}
            return answer


STATS = Stats()


def text_of(content):
    return content if isinstance(content, str) else "\n".join(part.get("text", "") for part in content)


def completion(body):
    """The answer to one chat request; at a temperature above 0, asking again gives another sample."""
    messages = [{"role": m["role"], "content": text_of(m["content"])} for m in body["messages"]]
    whole = "\n".join(m["content"] for m in messages)
    sample = STATS.sample(hashlib.sha256(whole.encode()).digest())
    prompt = Prompt(messages)
    text = reply(prompt, sample if (body.get("temperature") or 0) > 0 else 0)
    used = [int(len(t.split()) * TOKENS_PER_WORD) for t in (whole, text)]
    STATS.count(prompt, sample == 0, *used)
    if len(sys.argv) > 2:
        with open(sys.argv[2], "a", encoding="utf-8") as log:
            log.write(json.dumps({"messages": messages, "temperature": body.get("temperature"), "reply": text}) + "\n")
    return {"id": "x", "object": "chat.completion", "created": 0, "model": body.get("model"),
            "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
            "usage": {"prompt_tokens": used[0], "completion_tokens": used[1], "total_tokens": sum(used)}}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet

    def setup(self):
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, data):
        self.send_response_only(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        self.wfile.flush()

    def do_GET(self):
        self.send(STATS.read(self.path == "/reset").encode())

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send(json.dumps(completion(body)).encode())

    def log_message(self, *args):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer.request_queue_size = 128
    ThreadingHTTPServer.daemon_threads = True
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()
