"""Text from any model that transformers can load: causal, or encoder-decoder such as T5.

Knows torch and transformers, imported when the model is loaded. One request runs at a time, in the
one thread that owns the model; the others wait. For many visitors at once use ``openvino`` on a
CPU, or a model server (``openai``) on a GPU.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .admission import ThreadedGenerator, Ticket
from .bundled import SMOLLM2
from .detokenise import TextAssembler
from .errors import InferenceError, ModelFailed, PromptTooLong
from .hub import choose_device, choose_dtype, from_pretrained
from .openmp import let_waiting_threads_sleep
from .prompts import Neutraliser, as_dicts, plain_text, without_system
from .types import GenerationRequest, PromptMessage
from .weights import require, transformers_problems

UNLIMITED = 1_000_000  # tokenizers write a huge number where the model has no limit
SAMPLING = ("top_p", "top_k", "repetition_penalty")  # what ``extra`` may set


class TransformersGenerator(ThreadedGenerator):
    """``source`` is a folder or a hub name; None means the bundled SmolLM2-135M-Instruct.

    ``device`` is ``cpu``, ``cuda`` or ``auto``; ``threads`` the number of CPU threads (0: torch
    decides).
    """

    def __init__(
        self,
        name: str,
        source: str | None = None,
        *,
        device: str = "auto",
        threads: int = 0,
        max_waiting: int = 32,
    ) -> None:
        super().__init__(name, max_concurrent=1, max_waiting=max_waiting)
        self._source = source
        self._device = device
        self._threads = threads
        self._tokenizer: Any = None
        self._model: Any = None
        self._clean = Neutraliser(())

    def _open(self) -> None:
        require(transformers_problems(self._source))
        let_waiting_threads_sleep()
        import torch

        if self._threads:
            torch.set_num_threads(self._threads)
        device = choose_device(self._device)
        self._tokenizer, model = load_pair(self._source, choose_dtype(device))
        self._model = model.to(device).eval()
        self._clean = Neutraliser(control_tokens(self._tokenizer))

    def _shut(self) -> None:
        self._tokenizer = self._model = None

    def _serve(self) -> None:
        waiting: list[Ticket] = []
        while not self._closing.is_set():
            waiting += self._take(block=not waiting)
            if waiting:
                self._answer(waiting.pop(0))

    def _answer(self, ticket: Ticket) -> None:
        error: InferenceError | None = None
        try:
            if not ticket.cancelled:
                self._generate(ticket)
        except InferenceError as known:
            error = known
        except Exception as unknown:
            error = ModelFailed(f"{self._name} failed: {type(unknown).__name__}: {unknown}")
            error.__cause__ = unknown
        if not self._closing.is_set():  # else it was cut short, and ends as the others do
            self._release(ticket, error)

    def _generate(self, ticket: Ticket) -> None:
        import torch

        request = ticket.request
        inputs = self._inputs(request)
        text = TextAssembler(self._decode, request.stop)
        streamer = make_streamer(ticket, text)
        stopping = make_stopping(lambda: self._enough(ticket, text))
        if "seed" in request.extra:
            torch.manual_seed(int(request.extra["seed"]))
        with torch.inference_mode():
            self._model.generate(
                **inputs.to(self._model.device),
                **self._options(request),
                streamer=streamer,
                stopping_criteria=stopping,
            )
        ticket.put(text.finish())

    def _enough(self, ticket: Ticket, text: TextAssembler) -> bool:
        return ticket.cancelled or text.stopped or self._closing.is_set()

    def _options(self, request: GenerationRequest) -> dict[str, Any]:
        options: dict[str, Any] = {"max_new_tokens": request.max_new_tokens, "num_beams": 1}
        if request.temperature > 0:
            options |= {"do_sample": True, "temperature": request.temperature}
        else:
            options |= {"do_sample": False, "temperature": None, "top_p": None, "top_k": None}
        options |= {key: request.extra[key] for key in SAMPLING if key in request.extra}
        pad = self._tokenizer.pad_token_id
        return options | {"pad_token_id": self._tokenizer.eos_token_id if pad is None else pad}

    def _inputs(self, request: GenerationRequest) -> Any:
        text, whole = self._prompt(request.messages)
        inputs = self._tokenizer(text, add_special_tokens=not whole, return_tensors="pt")
        inputs = {key: inputs[key] for key in ("input_ids", "attention_mask")}
        self._check_length(int(inputs["input_ids"].shape[1]), request.max_new_tokens)
        from transformers import BatchEncoding

        return BatchEncoding(inputs)

    def _prompt(self, messages: Sequence[PromptMessage]) -> tuple[str, bool]:
        """The prompt, and whether it holds its special tokens already."""
        chat = as_dicts(messages, self._clean)
        if not self._tokenizer.chat_template:
            return plain_text(chat), False
        try:
            return self._apply(chat), True
        except Exception:  # a template may refuse the system role with an error of its own
            return self._apply(without_system(chat)), True

    def _apply(self, chat: list[dict[str, str]]) -> str:
        return str(
            self._tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True)
        )

    def _check_length(self, prompt: int, new: int) -> None:
        """An encoder-decoder model counts prompt and answer apart, a causal one together."""
        limit = context_length(self._model.config, self._tokenizer)
        tokens = prompt if self._model.config.is_encoder_decoder else prompt + new
        if tokens > limit:
            raise PromptTooLong(
                f"{tokens} tokens are asked for, {limit} fit",
                hint="Shorten the prompt, or choose a model with a longer context.",
            )

    def _decode(self, ids: Sequence[int]) -> str:
        return str(self._tokenizer.decode(list(ids), skip_special_tokens=True))


def load_pair(source: str | None, dtype: Any) -> tuple[Any, Any]:
    """Tokenizer and model of a folder, a hub name or the bundled file. Raises ModelUnavailable."""
    options: dict[str, Any] = {}
    if source is None:
        file = SMOLLM2.locate()
        source, options = str(file.parent), {"gguf_file": file.name}
    tokenizer = from_pretrained("AutoTokenizer", source, **options)
    config = from_pretrained("AutoConfig", source, **options)
    kind = "AutoModelForSeq2SeqLM" if config.is_encoder_decoder else "AutoModelForCausalLM"
    if options:  # weights left packed would be unpacked again for every token
        from transformers import GgufConfig

        options["quantization_config"] = GgufConfig(dequantize=True)
    return tokenizer, from_pretrained(kind, source, dtype=dtype, **options)


def control_tokens(tokenizer: Any) -> tuple[str, ...]:
    added = tokenizer.added_tokens_decoder.values()
    special = tuple(token.content for token in added if token.special)
    return (*tokenizer.all_special_tokens, *special)


def context_length(config: Any, tokenizer: Any) -> int:
    """Tokens that fit; ``UNLIMITED`` where neither model nor tokenizer names a limit."""
    names = ("max_position_embeddings", "n_positions")
    own = next((value for name in names if (value := getattr(config, name, None))), None)
    if own is not None and not config.is_encoder_decoder:
        return int(own)
    return min(int(tokenizer.model_max_length), UNLIMITED)


def make_streamer(ticket: Ticket, text: TextAssembler) -> Any:
    """A streamer for ``generate``: it gets the prompt first, then the tokens of each step."""
    from transformers.generation.streamers import BaseStreamer

    class Streamer(BaseStreamer):
        prompt_seen = False

        def put(self, value: Any) -> None:
            if self.prompt_seen:
                ticket.put(text.push(value.flatten().tolist()))
            self.prompt_seen = True

        def end(self) -> None:
            """The rest of the text follows when ``generate`` returns."""

    return Streamer()


def make_stopping(enough: Any) -> Any:
    """Stopping criteria for ``generate`` that ask ``enough()`` after each token."""
    import torch
    from transformers import StoppingCriteria, StoppingCriteriaList

    class Enough(StoppingCriteria):
        def __call__(self, input_ids: Any, scores: Any, **kwargs: Any) -> Any:
            return torch.full((input_ids.shape[0],), enough(), device=input_ids.device)

    return StoppingCriteriaList([Enough()])
