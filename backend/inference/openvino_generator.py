"""Text from OpenVINO GenAI on the CPU, many requests at once.

Knows openvino_genai's ContinuousBatchingPipeline: requests join and leave while it runs, share the
cache of common prefixes, and may be held to a JSON schema. All of it is touched by one thread.
Reads a GGUF file (Llama, Qwen and similar architectures) or a folder of OpenVINO IR.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .admission import ThreadedGenerator, Ticket
from .bundled import SMOLLM2
from .compact_json import compact_grammar
from .detokenise import TextAssembler
from .errors import InferenceError, ModelFailed, ModelUnavailable, PromptTooLong
from .gguf import read_gguf_header
from .prompts import Neutraliser, as_dicts, plain_text, without_system
from .types import GenerationRequest, PromptMessage
from .weights import openvino_problems, require

DEFAULT_CONTEXT = 2048  # tokens, where neither the file nor the folder says
STEP_TOKENS = (
    256  # prompt tokens worked off in one step, so that a long prompt doesn't stall others
)
# What ``extra`` may set, and the library's name for it.
SAMPLING = {key: key for key in ("top_p", "top_k", "repetition_penalty")} | {"seed": "rng_seed"}


def import_openvino_genai() -> Any:
    """Import the library with its telemetry off.

    Importing ``openvino`` reports to Google Analytics and writes to the home folder unless its
    telemetry package is absent; no environment variable turns that off. A module entry of None
    makes Python say that it is absent.
    """
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    try:
        import openvino_genai
    except ImportError as error:
        raise ModelUnavailable(
            f"openvino-genai can't be imported: {error}",
            hint="Run: pip install -r requirements.txt",
        ) from error
    return openvino_genai


@dataclass(frozen=True)
class ModelFacts:
    """What the weights' own files say: the context in tokens, and the control tokens."""

    context: int
    control_tokens: tuple[str, ...]


@dataclass
class _Running:
    ticket: Ticket
    handle: Any
    text: TextAssembler


class OpenVinoGenerator(ThreadedGenerator):
    """``path`` is a GGUF file or an IR folder; None means the bundled SmolLM2-135M-Instruct.

    ``threads`` is the number of CPU threads (0: OpenVINO decides); ``cache_gb`` the memory for
    attention caches (0: grows as needed).
    """

    def __init__(
        self,
        name: str,
        path: Path | None = None,
        *,
        threads: int = 0,
        max_concurrent: int = 16,
        max_waiting: int = 32,
        cache_gb: int = 0,
        device: str = "CPU",
    ) -> None:
        super().__init__(name, max_concurrent=max_concurrent, max_waiting=max_waiting)
        self._path = path
        self._threads = threads
        self._cache_gb = cache_gb
        self._device = device
        self._genai: Any = None
        self._pipeline: Any = None
        self._tokenizer: Any = None
        self._facts = ModelFacts(DEFAULT_CONTEXT, ())
        self._clean = Neutraliser(())
        self._waiting: list[Ticket] = []
        self._running: dict[int, _Running] = {}
        self._next_id = 0
        self._schemas_known: set[str] = set()  # those that the library has compiled before
        self._schemas_refused: set[str] = set()  # those that broke it

    @property
    def supports_json_schema(self) -> bool:
        return True

    def _open(self) -> None:
        require(openvino_problems(self._path))
        path = self._path or SMOLLM2.locate()
        self._facts = read_facts(path)
        self._clean = Neutraliser(self._facts.control_tokens)
        self._genai = import_openvino_genai()
        self._build(path)

    def _build(self, path: Path) -> None:
        scheduler = self._genai.SchedulerConfig()
        scheduler.cache_size = self._cache_gb
        scheduler.enable_prefix_caching = True
        scheduler.max_num_seqs = self._max_concurrent
        scheduler.max_num_batched_tokens = STEP_TOKENS
        properties = {"INFERENCE_NUM_THREADS": self._threads} if self._threads else {}
        self._pipeline = self._genai.ContinuousBatchingPipeline(
            str(path), scheduler, self._device, properties
        )
        self._tokenizer = self._pipeline.get_tokenizer()

    def _serve(self) -> None:
        while not self._closing.is_set():
            self._waiting += self._take(block=not (self._running or self._waiting))
            self._drop_cancelled()
            self._fill()
            if self._pipeline.has_non_finished_requests():
                self._step()

    def _shut(self) -> None:
        for one in self._running.values():
            one.handle.cancel()
        self._running.clear()
        while self._pipeline.has_non_finished_requests():
            self._pipeline.step()  # one step drops what was cancelled; its memory leaks otherwise
        self._pipeline = self._tokenizer = None

    def _drop_cancelled(self) -> None:
        for ticket in [ticket for ticket in self._waiting if ticket.cancelled]:
            self._waiting.remove(ticket)
            self._release(ticket)
        for key in [key for key, one in self._running.items() if one.ticket.cancelled]:
            self._running[key].handle.cancel()
            self._release(self._running.pop(key).ticket)

    def _fill(self) -> None:
        while self._waiting and len(self._running) < self._max_concurrent:
            ticket = self._waiting.pop(0)
            try:
                self._add(ticket)
            except InferenceError as error:
                self._release(ticket, error)
            except Exception as error:
                self._release(ticket, ModelFailed(f"{self._name} refused the request: {error}"))

    def _add(self, ticket: Ticket) -> None:
        request = ticket.request
        inputs = self._tokenizer.encode(self._prompt(request.messages), add_special_tokens=False)
        tokens = inputs.input_ids.shape[1] + request.max_new_tokens
        if tokens > self._facts.context:
            raise PromptTooLong(
                f"{tokens} tokens are asked for, {self._facts.context} fit",
                hint="Shorten the prompt, or choose a model with a longer context.",
            )
        self._next_id += 1
        handle = self._pipeline.add_request(self._next_id, inputs.input_ids, self._config(request))
        text = TextAssembler(self._tokenizer.decode, request.stop)
        self._running[self._next_id] = _Running(ticket, handle, text)

    def _prompt(self, messages: tuple[PromptMessage, ...]) -> str:
        chat = as_dicts(messages, self._clean)
        if not self._tokenizer.chat_template:
            return plain_text(chat)
        try:
            return str(self._tokenizer.apply_chat_template(chat, True))
        except Exception:  # a template may refuse the system role with an error of its own
            return str(self._tokenizer.apply_chat_template(without_system(chat), True))

    def _config(self, request: GenerationRequest) -> Any:
        config = self._genai.GenerationConfig()
        config.max_new_tokens = request.max_new_tokens
        own = self._pipeline.get_config()
        config.eos_token_id, config.stop_token_ids = own.eos_token_id, own.stop_token_ids
        config.apply_chat_template = False
        if request.temperature > 0:
            config.do_sample, config.temperature = True, request.temperature
        for key, name in SAMPLING.items():
            if key in request.extra:
                setattr(config, name, request.extra[key])
        if request.json_schema is not None:
            config.structured_output_config = self._structured(request.json_schema)
        config.validate()
        return config

    def _structured(self, schema: Mapping[str, Any]) -> Any:
        text = json.dumps(schema)
        if text in self._schemas_refused:
            raise ModelFailed(f"{self._name} can't decode with this JSON schema: {text[:200]}")
        if (grammar := compact_grammar(schema)) is not None:
            return self._genai.StructuredOutputConfig(grammar=grammar)
        return self._genai.StructuredOutputConfig(json_schema=text)

    def _step(self) -> None:
        try:
            self._pipeline.step()
        except Exception as error:
            self._recover(error)
            return
        for key, one in list(self._running.items()):
            self._deliver(key, one)

    def _deliver(self, key: int, one: _Running) -> None:
        """Hand on what the last step wrote for one request, and see whether that was all."""
        while one.handle.can_read():
            for output in one.handle.read().values():
                one.ticket.put(one.text.push(output.generated_ids))
        status, states = one.handle.get_status(), self._genai.GenerationStatus
        if one.text.stopped:
            one.handle.stop()
        elif status == states.RUNNING:
            return
        error: InferenceError | None = None
        if status == states.IGNORED:
            error = ModelFailed(
                f"{self._name} ran out of cache", hint="Give the model more cache memory."
            )
        one.ticket.put(one.text.finish())
        self._note_schema(one.ticket.request, self._schemas_known)
        self._release(self._running.pop(key).ticket, error)

    def _recover(self, error: Exception) -> None:
        """A step that raises leaves the pipeline unusable: end what ran and build a new one.

        A schema that XGrammar can't compile raises only here, so those that never worked before
        are remembered and refused from now on.
        """
        for one in self._running.values():
            schema = one.ticket.request.json_schema
            if schema is not None and json.dumps(schema) not in self._schemas_known:
                self._schemas_refused.add(json.dumps(schema))
        self._fail_running(ModelFailed(f"{self._name} failed: {error}"))
        self._pipeline = self._tokenizer = None
        self._build(self._path or SMOLLM2.locate())

    def _note_schema(self, request: GenerationRequest, schemas: set[str]) -> None:
        if request.json_schema is not None:
            schemas.add(json.dumps(request.json_schema))

    def _fail_running(self, error: InferenceError) -> None:
        for key in list(self._running):
            one = self._running.pop(key)
            one.handle.cancel()
            self._release(one.ticket, error)


def read_facts(path: Path) -> ModelFacts:
    """Context and control tokens, from a GGUF header or an IR folder's configuration."""
    if path.is_dir():
        return _folder_facts(path)
    header = read_gguf_header(path)
    return ModelFacts(header.context_length or DEFAULT_CONTEXT, header.control_tokens)


def _folder_facts(folder: Path) -> ModelFacts:
    config = json.loads((folder / "config.json").read_text("utf-8"))
    tokenizer = json.loads((folder / "tokenizer_config.json").read_text("utf-8"))
    added = tokenizer.get("added_tokens_decoder", {}).values()
    special = tuple(token["content"] for token in added if token.get("special"))
    return ModelFacts(int(config.get("max_position_embeddings", DEFAULT_CONTEXT)), special)
