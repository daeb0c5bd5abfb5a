"""Kernels of the layers without attention: embedding, projections, norms, the gated activation."""

from tvm import tirx
from tvm.script import tirx as T

from . import THREADS

COLUMNS = 4  # outputs of one thread in a row, THREADS apart
WIDTH = COLUMNS * THREADS


def embed() -> tirx.PrimFunc:
    """Gather token embeddings from the transposed table (see `linear` for why transposed)."""

    @T.prim_func(s_tir=True)
    def embed(var_ids: T.handle, var_table: T.handle, var_out: T.handle):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        n, hidden, vocab = T.int64(), T.int64(), T.int64()
        ids = T.match_buffer(var_ids, (n,), "int32")
        table = T.match_buffer(var_table, (hidden, vocab), "float32")
        out = T.match_buffer(var_out, (n, hidden), "float32")
        for row in T.thread_binding(n, thread="blockIdx.y"):
            for block in T.thread_binding(T.ceildiv(hidden, THREADS), thread="blockIdx.x"):
                for thread in T.thread_binding(THREADS, thread="threadIdx.x"):
                    with T.sblock("embed"):
                        T.reads()
                        T.writes()
                        if block * THREADS + thread < hidden:
                            out[row, block * THREADS + thread] = table[
                                block * THREADS + thread, ids[row]
                            ]

    return embed


def _tile_macro(rows: int):
    """total[rows, COLUMNS] = x W for one thread's tile: a value that is loaded is used often.

    Reads beyond an edge are clamped by WebGPU; what comes of them is not stored.
    """

    @T.macro
    def multiply(x, weight, width, total, row, column):
        values = T.sblock_alloc_buffer((rows,), "float32", scope="local")
        entry = T.sblock_alloc_buffer((1,), "float32", scope="local")
        for r, c in T.grid(rows, COLUMNS):
            total[r, c] = T.float32(0)
        for k in T.serial(width):
            for r in T.unroll(rows):
                values[r] = x[row + r, k]
            for c in T.unroll(COLUMNS):
                entry[0] = weight[k, column + c * THREADS]
                for r in T.unroll(rows):
                    total[r, c] += values[r] * entry[0]

    return multiply


def linear(rows: int) -> tirx.PrimFunc:
    """y = x W, the weight stored [in, out] so that neighbouring threads read neighbouring values.

    The sizes are parameters, not constants: all projections share one shader, and shaders are
    what a load waits for. `rows` of x are computed by one thread.
    """
    multiply = _tile_macro(rows)

    @T.prim_func(s_tir=True)
    def linear(var_x: T.handle, var_weight: T.handle, var_out: T.handle):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        n, width, out_width = T.int64(), T.int64(), T.int64()
        x = T.match_buffer(var_x, (n, width), "float32")
        weight = T.match_buffer(var_weight, (width, out_width), "float32")
        out = T.match_buffer(var_out, (n, out_width), "float32")
        for tile in T.thread_binding(T.ceildiv(n, rows), thread="blockIdx.y"):
            for block in T.thread_binding(T.ceildiv(out_width, WIDTH), thread="blockIdx.x"):
                for thread in T.thread_binding(THREADS, thread="threadIdx.x"):
                    with T.sblock("linear"):
                        T.reads()
                        T.writes()
                        total = T.sblock_alloc_buffer((rows, COLUMNS), "float32", scope="local")
                        row: T.let[T.int64] = tile * rows
                        column: T.let[T.int64] = block * WIDTH + thread
                        multiply(x, weight, width, total, row, column)
                        for r, c in T.grid(rows, COLUMNS):
                            if row + r < n and column + c * THREADS < out_width:
                                out[row + r, column + c * THREADS] = total[r, c]

    return linear


def linear_add(rows: int) -> tirx.PrimFunc:
    """y = residual + x W: `linear` with the addition that follows it in every layer."""
    multiply = _tile_macro(rows)

    @T.prim_func(s_tir=True)
    def linear_add(var_x: T.handle, var_weight: T.handle, var_res: T.handle, var_out: T.handle):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        n, width, out_width = T.int64(), T.int64(), T.int64()
        x = T.match_buffer(var_x, (n, width), "float32")
        weight = T.match_buffer(var_weight, (width, out_width), "float32")
        residual = T.match_buffer(var_res, (n, out_width), "float32")
        out = T.match_buffer(var_out, (n, out_width), "float32")
        for tile in T.thread_binding(T.ceildiv(n, rows), thread="blockIdx.y"):
            for block in T.thread_binding(T.ceildiv(out_width, WIDTH), thread="blockIdx.x"):
                for thread in T.thread_binding(THREADS, thread="threadIdx.x"):
                    with T.sblock("linear_add"):
                        T.reads()
                        T.writes()
                        total = T.sblock_alloc_buffer((rows, COLUMNS), "float32", scope="local")
                        row: T.let[T.int64] = tile * rows
                        column: T.let[T.int64] = block * WIDTH + thread
                        multiply(x, weight, width, total, row, column)
                        for r, c in T.grid(rows, COLUMNS):
                            if row + r < n and column + c * THREADS < out_width:
                                out[row + r, column + c * THREADS] = (
                                    residual[row + r, column + c * THREADS] + total[r, c]
                                )

    return linear_add


def swiglu() -> tirx.PrimFunc:
    """silu(gate) * up, both halves of one projection."""

    @T.prim_func(s_tir=True)
    def swiglu(var_x: T.handle, var_out: T.handle):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        n, width = T.int64(), T.int64()
        x = T.match_buffer(var_x, (n, 2 * width), "float32")
        out = T.match_buffer(var_out, (n, width), "float32")
        for row in T.thread_binding(n, thread="blockIdx.y"):
            for block in T.thread_binding(T.ceildiv(width, THREADS), thread="blockIdx.x"):
                for thread in T.thread_binding(THREADS, thread="threadIdx.x"):
                    with T.sblock("swiglu"):
                        T.reads()
                        T.writes()
                        if block * THREADS + thread < width:
                            gate: T.let[T.float32] = x[row, block * THREADS + thread]
                            out[row, block * THREADS + thread] = (
                                gate
                                / (T.float32(1) + T.exp(-gate))
                                * x[row, width + block * THREADS + thread]
                            )

    return swiglu


def rms_norm(eps: float) -> tirx.PrimFunc:
    """x / rms(x) * weight over the last axis, a thread per row.

    Rows are whole hidden states: few and short in this model, so one shader without a
    barrier beats a parallel reduction.
    """

    @T.prim_func(s_tir=True)
    def rms_norm(var_x: T.handle, var_weight: T.handle, var_out: T.handle):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        n, width = T.int64(), T.int64()
        x = T.match_buffer(var_x, (n, width), "float32")
        weight = T.match_buffer(var_weight, (width,), "float32")
        out = T.match_buffer(var_out, (n, width), "float32")
        for block in T.thread_binding(T.ceildiv(n, THREADS), thread="blockIdx.x"):
            for thread in T.thread_binding(THREADS, thread="threadIdx.x"):
                with T.sblock("rms_norm"):
                    T.reads()
                    T.writes()
                    squares = T.sblock_alloc_buffer((1,), "float32", scope="local")
                    if block * THREADS + thread < n:
                        row: T.let[T.int64] = block * THREADS + thread
                        squares[0] = T.float32(0)
                        for k in T.serial(width):
                            squares[0] += x[row, k] * x[row, k]
                        scale: T.let[T.float32] = T.rsqrt(
                            squares[0] / T.cast(width, "float32") + T.float32(eps)
                        )
                        for k in T.serial(width):
                            out[row, k] = x[row, k] * scale * weight[k]

    return rms_norm


def qk_norm(heads: int, kv_heads: int, head_dim: int, eps: float) -> tirx.PrimFunc:
    """Qwen3's norm of each query and key head inside the fused projection; values pass through."""
    fused = heads + 2 * kv_heads

    @T.prim_func(s_tir=True)
    def qk_norm(var_qkv: T.handle, var_q_w: T.handle, var_k_w: T.handle, var_out: T.handle):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        n = T.int64()
        qkv = T.match_buffer(var_qkv, (n, fused, head_dim), "float32")
        q_weight = T.match_buffer(var_q_w, (head_dim,), "float32")
        k_weight = T.match_buffer(var_k_w, (head_dim,), "float32")
        out = T.match_buffer(var_out, (n, fused, head_dim), "float32")
        for block in T.thread_binding(T.ceildiv(n * fused, THREADS), thread="blockIdx.x"):
            for thread in T.thread_binding(THREADS, thread="threadIdx.x"):
                with T.sblock("qk_norm"):
                    T.reads()
                    T.writes()
                    squares = T.sblock_alloc_buffer((1,), "float32", scope="local")
                    if block * THREADS + thread < n * fused:
                        row: T.let[T.int64] = (block * THREADS + thread) // fused
                        head: T.let[T.int64] = (block * THREADS + thread) % fused
                        squares[0] = T.float32(0)
                        for d in T.serial(head_dim):
                            squares[0] += qkv[row, head, d] * qkv[row, head, d]
                        scale: T.let[T.float32] = T.rsqrt(
                            squares[0] / T.float32(head_dim) + T.float32(eps)
                        )
                        for d in T.serial(head_dim):
                            if head < heads:
                                out[row, head, d] = qkv[row, head, d] * scale * q_weight[d]
                            else:
                                if head < heads + kv_heads:
                                    out[row, head, d] = qkv[row, head, d] * scale * k_weight[d]
                                else:
                                    out[row, head, d] = qkv[row, head, d]

    return qk_norm


def last_row() -> tirx.PrimFunc:
    """The hidden state of the last token: the only one whose logits are wanted."""

    @T.prim_func(s_tir=True)
    def last_row(var_x: T.handle, var_out: T.handle):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        n, width = T.int64(), T.int64()
        x = T.match_buffer(var_x, (n, width), "float32")
        out = T.match_buffer(var_out, (1, width), "float32")
        for block in T.thread_binding(T.ceildiv(width, THREADS), thread="blockIdx.x"):
            for thread in T.thread_binding(THREADS, thread="threadIdx.x"):
                with T.sblock("last_row"):
                    T.reads()
                    T.writes()
                    if block * THREADS + thread < width:
                        out[0, block * THREADS + thread] = x[n - 1, block * THREADS + thread]

    return last_row
