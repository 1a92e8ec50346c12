"""A model server for looking at progress: it answers any choice, slowly, and is away for a while.

Speaks the chat completions of OpenAI on loopback. Prints its port. Arguments: seconds per reply,
the number of the call at which it goes away, and for how many seconds; 0 for never.
"""

import json
import re
import sys
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DELAY, AWAY_AT, AWAY_FOR = (float(x) for x in (sys.argv[1:] + ["0.2", "0", "0"])[:3])
LOCK = threading.Lock()
STATE = {"calls": 0, "away_until": 0.0}


def is_away():
    with LOCK:
        STATE["calls"] += 1
        if AWAY_AT and STATE["calls"] == AWAY_AT:
            STATE["away_until"] = time.monotonic() + AWAY_FOR
        return time.monotonic() < STATE["away_until"]


def answer(messages):
    system = messages[0]["content"]
    lines = []
    for name, hint in re.findall(r"\[\[ ## (\w+) ## \]\]\n\{\w+: exactly one of ([^}]*)\}", system):
        choices = hint.split(", ")
        lines.append(f"[[ ## {name} ## ]]")
        lines.append(choices[zlib.crc32(messages[-1]["content"].encode()) % len(choices)])
    if not lines:
        for name in re.findall(r"`\[\[ ## (\w+) ## \]\]`", messages[-1]["content"]):
            if name != "completed":
                lines += [f"[[ ## {name} ## ]]", "Read the text closely, then answer."]
    return "\n".join(lines + ["", "[[ ## completed ## ]]"])


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(DELAY)
        if is_away():
            self.reply(503, {"error": {"message": "down for maintenance"}})
            return
        message = {"role": "assistant", "content": answer(body["messages"])}
        self.reply(
            200,
            {
                "id": "1",
                "object": "chat.completion",
                "created": 0,
                "model": body["model"],
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 900, "completion_tokens": 20, "total_tokens": 920},
            },
        )

    def reply(self, status, tree):
        data = json.dumps(tree).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        pass  # whoever presses Ctrl-C does not wait for replies


server = Server(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
