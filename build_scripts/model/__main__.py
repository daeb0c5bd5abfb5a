"""The pipeline of the embedded model: `python -m build_scripts.model [step ...]`.

Without a step all of them run, in the order below. Training takes about a quarter of an hour on two
cores. `--check` builds again from the committed checkpoint and compares with what is committed;
`ask "..."` answers prompts.
"""

import sys
from collections.abc import Callable

from . import checkpoint, conversations, manifest, onnx_build, reference, tokenizer, train
from .check import check
from .generate import generate
from .paths import CHECKPOINT, GUIDE_MLC, GUIDE_ONNX
from .topics import lines, topics


def corpus() -> None:
    """Reads every topic and says how much there is."""
    wordings = sum(len(topic.ask) for topic in topics())
    print(f"{len(topics())} topics, {wordings} wordings, {len(lines())} different lines")


def webllm() -> None:
    """Imported late: the compiler is large, and only this step needs it."""
    from .webllm import build

    build(CHECKPOINT, GUIDE_MLC)


STEPS: dict[str, Callable[[], None]] = {
    "corpus": corpus,
    "tokenizer": lambda: tokenizer.write_tokenizer(CHECKPOINT),
    "train": train.train,
    "round": lambda: checkpoint.save(train.trained_model(), CHECKPOINT),
    "reference": reference.write_reference,
    "onnx": lambda: onnx_build.build(CHECKPOINT, GUIDE_ONNX),
    "webllm": webllm,
    "manifest": manifest.write_manifest,
}


def ask(prompts: list[str]) -> None:
    """Answers each prompt by itself."""
    model = checkpoint.load()
    for prompt in prompts:
        messages: list[conversations.Message] = [{"role": "user", "content": prompt}]
        answer = generate(model, messages, max_tokens=120)
        print(f"> {prompt}\n{answer.text}\n[{answer.finish_reason}, {answer.margin:.2f}]\n")


def run(names: list[str]) -> None:
    """Runs the named steps, or all."""
    for name in names or STEPS:
        print(f"== {name}", flush=True)
        STEPS[name]()


def main(arguments: list[str]) -> int:
    """Returns the exit status."""
    match arguments:
        case ["--check"]:
            return check()
        case ["ask", *prompts]:
            ask(prompts)
        case names if set(names) <= set(STEPS):
            run(names)
        case _:
            print(f"{__doc__}\nSteps: {', '.join(STEPS)}", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
