"""The attention that TVM's paged KV cache calls: of a chunk to itself, to the cache, and merged.

The arguments are fixed by the runtime (`attn_backend.h`). Log-sum-exps are in base 2 throughout.
Index arrays are views into one buffer, hence the element offsets, and have two entries (or one)
because there is one sequence.
"""

import math

from tvm import tirx
from tvm.script import tirx as T

from . import PAGE_TOKENS, THREADS

# Measured on software WebGPU: unrolled altogether, a kernel took four times as long to compile
# and ran no faster; not unrolled, it ran half as fast.
UNROLL = 4
GROUP_THREADS = 4  # small, so that the few threads of a decode step spread over the cores
NO_SCORE = -5e4  # finite, so that no difference of two of them is NaN
LOG2_E = math.log2(math.e)


def _softmax_macros(head_dim: int):
    """One query's running softmax: state is (maximum, sum, score, new maximum, rescale)."""

    @T.macro
    def begin(state, query, total, q, row, head, sm_scale):
        state[0] = T.float32(NO_SCORE)
        state[1] = T.float32(0)
        for d in T.serial(head_dim):
            query[d] = q[row, head, d] * (sm_scale * T.float32(LOG2_E))
            total[d] = T.float32(0)

    @T.macro
    def weigh(state):
        state[3] = T.max(state[0], state[2])
        state[4] = T.exp2(state[0] - state[3])
        state[2] = T.exp2(state[2] - state[3])
        state[1] = state[1] * state[4] + state[2]
        state[0] = state[3]

    @T.macro
    def finish(state, total, out, lse, row, head):
        for d in T.serial(head_dim):
            out[row, head, d] = total[d] / state[1]
        lse[row, head] = state[0] + T.log2(state[1])

    return begin, weigh, finish


def self_attention(heads: int, kv_heads: int, head_dim: int) -> tirx.PrimFunc:
    """Causal attention of a prefilled chunk to itself: a thread per token and query head."""
    group = heads // kv_heads
    begin, weigh, finish = _softmax_macros(head_dim)

    @T.prim_func(s_tir=True)
    def self_attention(
        var_q: T.handle,
        var_q_indptr: T.handle,
        var_k: T.handle,
        var_v: T.handle,
        var_kv_indptr: T.handle,
        var_q_positions: T.handle,
        var_k_positions: T.handle,
        var_out: T.handle,
        var_lse: T.handle,
        causal: T.int32,
        rotary_mode: T.int32,
        rope_scale: T.float32,
        rope_theta: T.float32,
        sm_scale: T.float32,
    ):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        n = T.int32()
        q = T.match_buffer(var_q, (n, heads, head_dim), "float32")
        k = T.match_buffer(var_k, (n, kv_heads, head_dim), "float32")
        v = T.match_buffer(var_v, (n, kv_heads, head_dim), "float32")
        out = T.match_buffer(var_out, (n, heads, head_dim), "float32")
        lse = T.match_buffer(var_lse, (n, heads), "float32")
        for block in T.thread_binding(T.ceildiv(n * heads, THREADS), thread="blockIdx.x"):
            for thread in T.thread_binding(THREADS, thread="threadIdx.x"):
                with T.sblock("self_attention"):
                    T.reads()
                    T.writes()
                    query = T.sblock_alloc_buffer((head_dim,), "float32", scope="local")
                    total = T.sblock_alloc_buffer((head_dim,), "float32", scope="local")
                    state = T.sblock_alloc_buffer((5,), "float32", scope="local")
                    index: T.let[T.int32] = block * THREADS + thread
                    if index < n * heads:
                        row: T.let[T.int32] = index // heads
                        head: T.let[T.int32] = index % heads
                        begin(state, query, total, q, row, head, sm_scale)
                        for other in T.serial(row + 1):
                            state[2] = T.float32(0)
                            for part in T.serial(head_dim // UNROLL):
                                for i in T.unroll(UNROLL):
                                    d: T.let[T.int32] = part * UNROLL + i
                                    state[2] += query[d] * k[other, head // group, d]
                            weigh(state)
                            for part in T.serial(head_dim // UNROLL):
                                for i in T.unroll(UNROLL):
                                    d: T.let[T.int32] = part * UNROLL + i
                                    value: T.let[T.float32] = v[other, head // group, d]
                                    total[d] = total[d] * state[4] + state[2] * value
                        finish(state, total, out, lse, row, head)

    return self_attention


def _paged_macro(heads: int, kv_heads: int, head_dim: int):
    """Attention of one row and head to all cached tokens, by one thread.

    For a decode step that is few threads. Sharing the tokens out over a workgroup took longer
    on software WebGPU, at every length, and its barriers tripled the time to compile it.
    """
    group = heads // kv_heads
    begin, weigh, finish = _softmax_macros(head_dim)

    @T.macro
    def attend(q, pages, indptr, page_ids, last_page, out, lse, sm_scale, row, head):
        query = T.sblock_alloc_buffer((head_dim,), "float32", scope="local")
        total = T.sblock_alloc_buffer((head_dim,), "float32", scope="local")
        state = T.sblock_alloc_buffer((5,), "float32", scope="local")
        begin(state, query, total, q, row, head, sm_scale)
        for token in T.serial((indptr[1] - indptr[0] - 1) * PAGE_TOKENS + last_page[0]):
            page: T.let[T.int32] = page_ids[indptr[0] + token // PAGE_TOKENS]
            slot: T.let[T.int32] = token % PAGE_TOKENS
            state[2] = T.float32(0)
            for part in T.serial(head_dim // UNROLL):
                for i in T.unroll(UNROLL):
                    d: T.let[T.int32] = part * UNROLL + i
                    state[2] += query[d] * pages[page, 0, head // group, slot, d]
            weigh(state)
            for part in T.serial(head_dim // UNROLL):
                for i in T.unroll(UNROLL):
                    d: T.let[T.int32] = part * UNROLL + i
                    value: T.let[T.float32] = pages[page, 1, head // group, slot, d]
                    total[d] = total[d] * state[4] + state[2] * value
        finish(state, total, out, lse, row, head)

    return attend


def cached_attention(heads: int, kv_heads: int, head_dim: int) -> tirx.PrimFunc:
    """Attention of a prefilled chunk to the tokens that were cached before it."""
    attend = _paged_macro(heads, kv_heads, head_dim)

    @T.prim_func(s_tir=True)
    def cached_attention(
        var_q: T.handle,
        var_q_indptr: T.handle,
        var_pages: T.handle,
        var_indptr: T.handle,
        var_page_ids: T.handle,
        var_last_page: T.handle,
        var_k_positions: T.handle,
        var_q_positions: T.handle,
        var_out: T.handle,
        var_lse: T.handle,
        causal: T.int32,
        rotary_mode: T.int32,
        rope_scale: T.float32,
        rope_theta: T.float32,
        sm_scale: T.float32,
    ):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        n, num_pages, used_pages = T.int32(), T.int32(), T.int32()
        offset_0, offset_1, offset_2 = T.int32(), T.int32(), T.int32()
        pages_offset = T.int64()
        q = T.match_buffer(var_q, (n, heads, head_dim), "float32")
        pages = T.match_buffer(
            var_pages,
            (num_pages, 2, kv_heads, PAGE_TOKENS, head_dim),
            "float32",
            elem_offset=pages_offset,
        )
        indptr = T.match_buffer(var_indptr, (2,), "int32", elem_offset=offset_0)
        page_ids = T.match_buffer(var_page_ids, (used_pages,), "int32", elem_offset=offset_1)
        last_page = T.match_buffer(var_last_page, (1,), "int32", elem_offset=offset_2)
        out = T.match_buffer(var_out, (n, heads, head_dim), "float32")
        lse = T.match_buffer(var_lse, (n, heads), "float32")
        for block in T.thread_binding(T.ceildiv(n * heads, THREADS), thread="blockIdx.x"):
            for thread in T.thread_binding(THREADS, thread="threadIdx.x"):
                with T.sblock("cached_attention"):
                    T.reads()
                    T.writes()
                    index: T.let[T.int32] = block * THREADS + thread
                    if index < n * heads:
                        row: T.let[T.int32] = index // heads
                        head: T.let[T.int32] = index % heads
                        attend(q, pages, indptr, page_ids, last_page, out, lse, sm_scale, row, head)

    return cached_attention


def decode_attention(heads: int, kv_heads: int, head_dim: int) -> tirx.PrimFunc:
    """Attention of one new token, already cached, to everything up to itself."""
    attend = _paged_macro(heads, kv_heads, head_dim)

    @T.prim_func(s_tir=True)
    def decode_attention(
        var_q: T.handle,
        var_pages: T.handle,
        var_indptr: T.handle,
        var_page_ids: T.handle,
        var_last_page: T.handle,
        var_k_positions: T.handle,
        var_q_positions: T.handle,
        var_out: T.handle,
        var_lse: T.handle,
        rotary_mode: T.int32,
        rope_scale: T.float32,
        rope_theta: T.float32,
        sm_scale: T.float32,
    ):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        num_pages, used_pages = T.int32(), T.int32()
        offset_0, offset_1, offset_2 = T.int32(), T.int32(), T.int32()
        pages_offset = T.int64()
        q = T.match_buffer(var_q, (1, heads, head_dim), "float32")
        pages = T.match_buffer(
            var_pages,
            (num_pages, 2, kv_heads, PAGE_TOKENS, head_dim),
            "float32",
            elem_offset=pages_offset,
        )
        indptr = T.match_buffer(var_indptr, (2,), "int32", elem_offset=offset_0)
        page_ids = T.match_buffer(var_page_ids, (used_pages,), "int32", elem_offset=offset_1)
        last_page = T.match_buffer(var_last_page, (1,), "int32", elem_offset=offset_2)
        out = T.match_buffer(var_out, (1, heads, head_dim), "float32")
        lse = T.match_buffer(var_lse, (1, heads), "float32")
        for block in T.thread_binding(T.ceildiv(heads, GROUP_THREADS), thread="blockIdx.x"):
            for thread in T.thread_binding(GROUP_THREADS, thread="threadIdx.x"):
                with T.sblock("decode_attention"):
                    T.reads()
                    T.writes()
                    head: T.let[T.int32] = block * GROUP_THREADS + thread
                    if head < heads:
                        attend(q, pages, indptr, page_ids, last_page, out, lse, sm_scale, 0, head)

    return decode_attention


def merge(heads: int, head_dim: int) -> tirx.PrimFunc:
    """Combine two partial attentions in place: a thread per row and head.

    TVM's own gives wrong tokens on software WebGPU for heads wider than 16: several threads of
    a row read a log-sum-exp that one of them overwrites, without a barrier in between.
    """

    @T.prim_func(s_tir=True)
    def merge(var_a: T.handle, var_a_lse: T.handle, var_b: T.handle, var_b_lse: T.handle):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        n = T.int32()
        a = T.match_buffer(var_a, (n, heads, head_dim), "float32")
        a_lse = T.match_buffer(var_a_lse, (n, heads), "float32")
        b = T.match_buffer(var_b, (n, heads, head_dim), "float32")
        b_lse = T.match_buffer(var_b_lse, (n, heads), "float32")
        for block in T.thread_binding(T.ceildiv(n * heads, THREADS), thread="blockIdx.x"):
            for thread in T.thread_binding(THREADS, thread="threadIdx.x"):
                with T.sblock("merge"):
                    T.reads()
                    T.writes()
                    share = T.sblock_alloc_buffer((3,), "float32", scope="local")
                    if block * THREADS + thread < n * heads:
                        row: T.let[T.int32] = (block * THREADS + thread) // heads
                        head: T.let[T.int32] = (block * THREADS + thread) % heads
                        share[2] = T.max(a_lse[row, head], b_lse[row, head])
                        share[0] = T.exp2(a_lse[row, head] - share[2])
                        share[1] = T.exp2(b_lse[row, head] - share[2])
                        for d in T.serial(head_dim):
                            a[row, head, d] = (
                                a[row, head, d] * share[0] + b[row, head, d] * share[1]
                            ) / (share[0] + share[1])
                        a_lse[row, head] = share[2] + T.log2(share[0] + share[1])

    return merge
