"""The model's GPU kernels, written for this project in TVM's script.

TVM has generic ones, with schedules for large models on large GPUs. Here they were measured to be
the wrong trade and, in places, wrong: on software WebGPU loading is shader compilation, which the
tiled kernels make long; and three of TVM's kernels give wrong tokens there without an error (each
reason is beside its replacement). So every kernel is one plain loop nest per thread.

All of them serve one sequence at a time, which is what WebLLM opens.
"""

from tvm import tirx

THREADS = 64  # threads of a workgroup


def named(kernel: tirx.PrimFunc) -> tuple[tirx.PrimFunc, str]:
    """The kernel as a private function, and the name it asks for: Relax makes names unique."""
    return kernel.without_attr("global_symbol"), str(kernel.attrs["global_symbol"])
