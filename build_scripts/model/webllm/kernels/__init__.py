"""The model's GPU kernels, written for this project in TVM's script.

TVM has generic ones, with schedules for large models on large GPUs. Here they are the wrong trade:
on software WebGPU loading is shader compilation, which tiled kernels make long, and two of TVM's
give wrong tokens there without an error (the reasons are beside `merge` and `sample_with_top_p`).
So every kernel is one plain loop nest per thread.

All of them serve one sequence at a time, which is what WebLLM opens.
"""

from tvm import tirx

THREADS = 64  # of a workgroup
PAGE_TOKENS = 16  # of the KV cache, fixed by WebLLM


def named(kernel: tirx.PrimFunc) -> tuple[tirx.PrimFunc, str]:
    """The kernel as a private function, and the name it asks for: Relax makes names unique."""
    return kernel.without_attr("global_symbol"), str(kernel.attrs["global_symbol"])
