"""The command line of `localm pull`, `models`, `rm` and `verify`."""

from __future__ import annotations

import argparse

from localm.builds import SUFFIXES
from localm_host.hub_address import pulling_hub

COMMANDS = ("pull", "models", "rm", "verify")
ID_HELP = "org/name, or the address of its page on the hub"


def add_model_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    pulling = commands.add_parser("pull", help="fetch a model once, for every browser served here")
    pulling.add_argument("id", metavar="ID", help=ID_HELP)
    pulling.add_argument(
        "--engine",
        choices=("webllm", "onnx", "all"),
        default="all",
        help="whose build (%(default)s: what the repository has)",
    )
    pulling.add_argument(
        "--dtype",
        type=dtypes,
        default=(),
        metavar="D[,D…]",
        help=f"ONNX builds: {', '.join(SUFFIXES)} (q4f16, q4 and q8 where there are such)",
    )
    pulling.add_argument("--revision", help="a branch, a tag or a commit (the newest)")
    pulling.add_argument(
        "--library", metavar="URL", help="WebLLM's model library, where its own list has none"
    )
    commands.add_parser("models", help="list the models that are here")
    removing = commands.add_parser("rm", help="remove one model")
    removing.add_argument("id", metavar="ID", help=ID_HELP)
    removing.add_argument("--yes", action="store_true", help="do not ask")
    verifying = commands.add_parser("verify", help="rehash the files of one model")
    verifying.add_argument("id", metavar="ID", help=ID_HELP)
    verifying.add_argument(
        "--repair", action="store_true", help="fetch again what is damaged, and nothing else"
    )
    for command in (pulling, removing, verifying):
        add_hub_option(command, "the hub to fetch from")


def add_hub_option(command: argparse.ArgumentParser, what: str) -> None:
    command.add_argument(
        "--hub",
        metavar="URL",
        help=f"{what}, and after it the hosts of its files, if any (LOCALM_HUB, huggingface.co)",
    )


def dtypes(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    if unknown := [name for name in names if name not in SUFFIXES]:
        known = ", ".join(SUFFIXES)
        raise argparse.ArgumentTypeError(f"{unknown[0]} is no dtype: choose from {known}")
    return names


def run_model_command(options: argparse.Namespace) -> int:
    """The exit status: 1 when `verify` leaves something damaged. Raises ModelError."""
    # The hub's library takes a third of a second, which `localm serve` need not wait for.
    from localm_host import keeping
    from localm_host.pull import Store, Wish, pull

    store = Store()
    if options.command == "models":
        keeping.print_models(store)
        return 0
    hub = pulling_hub(options.hub)
    match options.command:
        case "pull":
            wish = Wish(options.engine, options.dtype, options.revision, options.library)
            pull(options.id, wish, hub, store)
        case "rm":
            keeping.remove(options.id, hub, store, sure=options.yes)
        case "verify":
            return 0 if keeping.verify(options.id, hub, store, repairing=options.repair) else 1
        case unknown:
            raise AssertionError(unknown)
    return 0
