"""What TVM's paged KV cache does beside attention: rotary embedding, and filling its pages.

The arguments are fixed by the runtime (`paged_kv_cache.cc`). Index arrays are views into one
buffer, hence the element offsets.
"""

from tvm import tirx
from tvm.script import tirx as T

from . import PAGE_TOKENS, THREADS


def rotary(heads: int, kv_heads: int, head_dim: int, context: int) -> tirx.PrimFunc:
    """Split the fused projection and rotate queries and keys by a table of cosines and sines.

    TVM computes the angles in the shader, where WGSL leaves the precision of cos, sin and pow
    to the device; the table holds the very numbers of the PyTorch model.
    """
    fused = heads + 2 * kv_heads
    half = head_dim // 2

    @T.prim_func(s_tir=True)
    def rotary(
        var_qkv: T.handle,
        var_positions: T.handle,
        var_q: T.handle,
        var_k: T.handle,
        var_v: T.handle,
        var_table: T.handle,
    ):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        n, position_offset = T.int32(), T.int32()
        qkv = T.match_buffer(var_qkv, (n, fused, head_dim), "float32")
        positions = T.match_buffer(var_positions, (n,), "int32", elem_offset=position_offset)
        q = T.match_buffer(var_q, (n, heads, head_dim), "float32")
        k = T.match_buffer(var_k, (n, kv_heads, head_dim), "float32")
        v = T.match_buffer(var_v, (n, kv_heads, head_dim), "float32")
        table = T.match_buffer(var_table, (2, context, half), "float32")
        for block in T.thread_binding(T.ceildiv(n * fused * half, THREADS), thread="blockIdx.x"):
            for thread in T.thread_binding(THREADS, thread="threadIdx.x"):
                with T.sblock("rotary"):
                    T.reads()
                    T.writes()
                    index: T.let[T.int32] = block * THREADS + thread
                    if index < n * fused * half:
                        row: T.let[T.int32] = index // (fused * half)
                        head: T.let[T.int32] = index // half % fused
                        d: T.let[T.int32] = index % half
                        cos: T.let[T.float32] = table[0, positions[row], d]
                        sin: T.let[T.float32] = table[1, positions[row], d]
                        low: T.let[T.float32] = qkv[row, head, d]
                        high: T.let[T.float32] = qkv[row, head, d + half]
                        if head < heads:
                            q[row, head, d] = low * cos - high * sin
                            q[row, head, d + half] = high * cos + low * sin
                        else:
                            if head < heads + kv_heads:
                                k[row, head - heads, d] = low * cos - high * sin
                                k[row, head - heads, d + half] = high * cos + low * sin
                            else:
                                v[row, head - heads - kv_heads, d] = low
                                v[row, head - heads - kv_heads, d + half] = high

    return rotary


def append(kv_heads: int, head_dim: int) -> tirx.PrimFunc:
    """Write the new keys and values into their pages."""

    @T.prim_func(s_tir=True)
    def append(var_pages: T.handle, var_k: T.handle, var_v: T.handle, var_slots: T.handle):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        n, num_pages, slots_offset = T.int32(), T.int32(), T.int32()
        pages_offset = T.int64()
        pages = T.match_buffer(
            var_pages,
            (num_pages, 2, kv_heads, PAGE_TOKENS, head_dim),
            "float32",
            elem_offset=pages_offset,
        )
        k = T.match_buffer(var_k, (n, kv_heads, head_dim), "float32")
        v = T.match_buffer(var_v, (n, kv_heads, head_dim), "float32")
        slots = T.match_buffer(var_slots, (n,), "int32", elem_offset=slots_offset)
        for block in T.thread_binding(
            T.ceildiv(n * kv_heads * head_dim, THREADS), thread="blockIdx.x"
        ):
            for thread in T.thread_binding(THREADS, thread="threadIdx.x"):
                with T.sblock("append"):
                    T.reads()
                    T.writes()
                    index: T.let[T.int32] = block * THREADS + thread
                    if index < n * kv_heads * head_dim:
                        row: T.let[T.int32] = index // (kv_heads * head_dim)
                        head: T.let[T.int32] = index // head_dim % kv_heads
                        d: T.let[T.int32] = index % head_dim
                        page: T.let[T.int32] = slots[row] // PAGE_TOKENS
                        slot: T.let[T.int32] = slots[row] % PAGE_TOKENS
                        pages[page, 0, head, slot, d] = k[row, head, d]
                        pages[page, 1, head, slot, d] = v[row, head, d]

    return append


def never_called() -> tirx.PrimFunc:
    """Stands for what the cache must be given and plain chat never reaches.

    Copying pages serves forked sequences and debugging. A shader for each would only lengthen
    the load. It takes no arguments, so that a call to it fails instead of doing nothing.
    """

    @T.prim_func(s_tir=True)
    def never_called():
        T.func_attr({"tirx.is_scheduled": True})
        T.evaluate(0)

    return never_called
