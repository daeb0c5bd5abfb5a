"""What WebLLM does to logits: bias, penalties, grammar mask, softmax, sort, top-p sample."""

from tvm import tirx
from tvm.script import tirx as T

from . import THREADS

TILE_BITS = 7
TILE = 1 << TILE_BITS  # probabilities that are sorted together, a thread each


def softmax_with_temperature() -> tirx.PrimFunc:
    """probs = softmax(logits / temperature), a workgroup per row."""

    @T.prim_func(s_tir=True)
    def softmax(var_logits: T.handle, var_temperature: T.handle, var_probs: T.handle):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        batch, vocab = T.int64(), T.int64()
        logits = T.match_buffer(var_logits, (batch, vocab), "float32")
        temperature = T.match_buffer(var_temperature, (batch,), "float32")
        probs = T.match_buffer(var_probs, (batch, vocab), "float32")
        for row in T.thread_binding(batch, thread="blockIdx.x"):
            for thread in T.thread_binding(THREADS, thread="threadIdx.x"):
                with T.sblock("softmax"):
                    T.reads()
                    T.writes()
                    part_max = T.sblock_alloc_buffer((THREADS,), "float32", scope="shared")
                    part_sum = T.sblock_alloc_buffer((THREADS,), "float32", scope="shared")
                    state = T.sblock_alloc_buffer((2,), "float32", scope="local")
                    state[0] = T.min_value("float32")
                    for step in T.serial(T.ceildiv(vocab, THREADS)):
                        if step * THREADS + thread < vocab:
                            state[0] = T.max(state[0], logits[row, step * THREADS + thread])
                    part_max[thread] = state[0]
                    T.tvm_storage_sync("shared")
                    for part in T.serial(THREADS):
                        state[0] = T.max(state[0], part_max[part])
                    state[1] = T.float32(0)
                    for step in T.serial(T.ceildiv(vocab, THREADS)):
                        if step * THREADS + thread < vocab:
                            state[1] += T.exp(
                                (logits[row, step * THREADS + thread] - state[0]) / temperature[row]
                            )
                    part_sum[thread] = state[1]
                    T.tvm_storage_sync("shared")
                    state[1] = T.float32(0)
                    for part in T.serial(THREADS):
                        state[1] += part_sum[part]
                    for step in T.serial(T.ceildiv(vocab, THREADS)):
                        if step * THREADS + thread < vocab:
                            probs[row, step * THREADS + thread] = (
                                T.exp(
                                    (logits[row, step * THREADS + thread] - state[0])
                                    / temperature[row]
                                )
                                / state[1]
                            )

    return softmax


def sort_tiles(vocab: int) -> tirx.PrimFunc:
    """Sort each tile of TILE probabilities, descending, equal ones by index.

    TVM's GPU sort uses blockIdx.z, which its own WebGPU code generator rejects. Here each thread
    counts what precedes its own value, first in its tile, then (`merge_tiles`) in the others.
    Counting through the whole vocabulary took half the time of a token on software WebGPU.
    """

    @T.prim_func(s_tir=True)
    def sort_tiles(var_probs: T.handle, var_sorted: T.handle, var_indices: T.handle):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        batch = T.int64()
        probs = T.match_buffer(var_probs, (batch, vocab), "float32")
        ordered = T.match_buffer(var_sorted, (batch, vocab), "float32")
        indices = T.match_buffer(var_indices, (batch, vocab), "int32")
        for row in T.thread_binding(batch, thread="blockIdx.y"):
            for block in T.thread_binding(T.ceildiv(vocab, TILE), thread="blockIdx.x"):
                for thread in T.thread_binding(TILE, thread="threadIdx.x"):
                    with T.sblock("sort_tiles"):
                        T.reads()
                        T.writes()
                        rank = T.sblock_alloc_buffer((1,), "int32", scope="local")
                        if block * TILE + thread < vocab:
                            start: T.let[T.int32] = block * TILE
                            mine: T.let[T.float32] = probs[row, start + thread]
                            rank[0] = 0
                            for other in T.serial(T.min(TILE, vocab - start)):
                                theirs: T.let[T.float32] = probs[row, start + other]
                                if theirs > mine or (theirs == mine and other < thread):
                                    rank[0] += 1
                            ordered[row, start + rank[0]] = mine
                            indices[row, start + rank[0]] = start + thread

    return sort_tiles


def merge_tiles(vocab: int) -> tirx.PrimFunc:
    """The sorted tiles as one: a value's place is its rank in every tile, found by bisection."""

    @T.prim_func(s_tir=True)
    def merge_tiles(
        var_tiles: T.handle, var_tokens: T.handle, var_sorted: T.handle, var_indices: T.handle
    ):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        batch = T.int64()
        tiles = T.match_buffer(var_tiles, (batch, vocab), "float32")
        tokens = T.match_buffer(var_tokens, (batch, vocab), "int32")
        ordered = T.match_buffer(var_sorted, (batch, vocab), "float32")
        indices = T.match_buffer(var_indices, (batch, vocab), "int32")
        for row in T.thread_binding(batch, thread="blockIdx.y"):
            for block in T.thread_binding(T.ceildiv(vocab, TILE), thread="blockIdx.x"):
                for thread in T.thread_binding(TILE, thread="threadIdx.x"):
                    with T.sblock("merge_tiles"):
                        T.reads()
                        T.writes()
                        place = T.sblock_alloc_buffer((1,), "int32", scope="local")
                        before = T.sblock_alloc_buffer((1,), "int32", scope="local")
                        if block * TILE + thread < vocab:
                            mine: T.let[T.float32] = tiles[row, block * TILE + thread]
                            place[0] = thread
                            for tile in T.serial(T.ceildiv(vocab, TILE)):
                                before[0] = 0
                                if tile != block:
                                    for halving in T.serial(TILE_BITS + 1):
                                        at: T.let[T.int32] = (
                                            before[0] + T.shift_right(TILE, halving) - 1
                                        )
                                        if at < TILE and tile * TILE + at < vocab:
                                            theirs: T.let[T.float32] = tiles[row, tile * TILE + at]
                                            if theirs > mine or (theirs == mine and tile < block):
                                                before[0] = at + 1
                                place[0] += before[0]
                            ordered[row, place[0]] = mine
                            indices[row, place[0]] = tokens[row, block * TILE + thread]

    return merge_tiles


def sample_with_top_p() -> tirx.PrimFunc:
    """The inverse of the cumulative distribution, cut where it reaches top_p: a thread per sample.

    Adding up one value after the other is on purpose: TVM's parallel cumulative sum samples wrong
    tokens on software WebGPU, and greedy decoding does not show it. A greedy row ends at once.
    """

    @T.prim_func(s_tir=True)
    def sample(
        var_ordered: T.handle,
        var_indices: T.handle,
        var_uniform: T.handle,
        var_rows: T.handle,
        var_top_p: T.handle,
        var_out: T.handle,
    ):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        batch, vocab, n = T.int64(), T.int64(), T.int64()
        ordered = T.match_buffer(var_ordered, (batch, vocab), "float32")
        indices = T.match_buffer(var_indices, (batch, vocab), "int32")
        uniform = T.match_buffer(var_uniform, (n,), "float32")
        rows = T.match_buffer(var_rows, (n,), "int32")
        top_p = T.match_buffer(var_top_p, (batch,), "float32")
        out = T.match_buffer(var_out, (n,), "int32")
        for block in T.thread_binding(T.ceildiv(n, THREADS), thread="blockIdx.x"):
            for thread in T.thread_binding(THREADS, thread="threadIdx.x"):
                with T.sblock("sample"):
                    T.reads()
                    T.writes()
                    total = T.sblock_alloc_buffer((1,), "float32", scope="local")
                    reached = T.sblock_alloc_buffer((1,), "float32", scope="local")
                    position = T.sblock_alloc_buffer((1,), "int32", scope="local")
                    if block * THREADS + thread < n:
                        sample: T.let[T.int64] = block * THREADS + thread
                        row: T.let[T.int32] = rows[sample]
                        total[0] = ordered[row, 0]
                        position[0] = 1
                        while position[0] < T.cast(vocab, "int32") and total[0] < top_p[row]:
                            total[0] += ordered[row, position[0]]
                            position[0] += 1
                        reached[0] = ordered[row, 0]
                        position[0] = 0
                        while (
                            position[0] < T.cast(vocab, "int32") - 1
                            and reached[0] <= uniform[sample] * total[0]
                        ):
                            position[0] += 1
                            reached[0] += ordered[row, position[0]]
                        out[sample] = indices[row, position[0]]

    return sample


def apply_logit_bias() -> tirx.PrimFunc:
    """logits[row, id] += bias, in place."""

    @T.prim_func(s_tir=True)
    def logit_bias(
        var_logits: T.handle, var_pos2seq: T.handle, var_ids: T.handle, var_bias: T.handle
    ):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        batch, vocab, n = T.int32(), T.int32(), T.int32()
        logits = T.match_buffer(var_logits, (batch, vocab), "float32")
        rows = T.match_buffer(var_pos2seq, (n,), "int32")
        ids = T.match_buffer(var_ids, (n,), "int32")
        bias = T.match_buffer(var_bias, (n,), "float32")
        for block in T.thread_binding(T.ceildiv(n, THREADS), thread="blockIdx.x"):
            for thread in T.thread_binding(THREADS, thread="threadIdx.x"):
                with T.sblock("logit_bias"):
                    T.reads()
                    T.writes()
                    if block * THREADS + thread < n:
                        index: T.let[T.int32] = block * THREADS + thread
                        logits[rows[index], ids[index]] += bias[index]

    return logit_bias


def apply_penalty() -> tirx.PrimFunc:
    """Presence, frequency and repetition penalties of tokens already seen, in place."""

    @T.prim_func(s_tir=True)
    def penalty(
        var_logits: T.handle,
        var_seq_ids: T.handle,
        var_pos2seq: T.handle,
        var_ids: T.handle,
        var_counts: T.handle,
        var_penalties: T.handle,
    ):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        batch, vocab, sequences, n = T.int32(), T.int32(), T.int32(), T.int32()
        logits = T.match_buffer(var_logits, (batch, vocab), "float32")
        seq_ids = T.match_buffer(var_seq_ids, (sequences,), "int32")
        pos2seq = T.match_buffer(var_pos2seq, (n,), "int32")
        ids = T.match_buffer(var_ids, (n,), "int32")
        counts = T.match_buffer(var_counts, (n,), "int32")
        penalties = T.match_buffer(var_penalties, (sequences, 3), "float32")
        for block in T.thread_binding(T.ceildiv(n, THREADS), thread="blockIdx.x"):
            for thread in T.thread_binding(THREADS, thread="threadIdx.x"):
                with T.sblock("penalty"):
                    T.reads()
                    T.writes()
                    value = T.sblock_alloc_buffer((1,), "float32", scope="local")
                    if block * THREADS + thread < n:
                        index: T.let[T.int32] = block * THREADS + thread
                        sequence: T.let[T.int32] = pos2seq[index]
                        value[0] = logits[seq_ids[sequence], ids[index]] - (
                            penalties[sequence, 0]
                            + T.cast(counts[index], "float32") * penalties[sequence, 1]
                        )
                        if value[0] > T.float32(0):
                            value[0] = value[0] / penalties[sequence, 2]
                        else:
                            value[0] = value[0] * penalties[sequence, 2]
                        logits[seq_ids[sequence], ids[index]] = value[0]

    return penalty


def apply_bitmask() -> tirx.PrimFunc:
    """A grammar's mask, in place: a zero bit forbids its token."""

    @T.prim_func(s_tir=True)
    def bitmask(var_logits: T.handle, var_seq_ids: T.handle, var_mask: T.handle):
        T.func_attr({"tirx.is_scheduled": True, "tirx.noalias": True})
        batch, vocab, words, n = T.int32(), T.int32(), T.int32(), T.int32()
        logits = T.match_buffer(var_logits, (batch, vocab), "float32")
        seq_ids = T.match_buffer(var_seq_ids, (n,), "int32")
        mask = T.match_buffer(var_mask, (batch, words), "int32")
        for row in T.thread_binding(n, thread="blockIdx.y"):
            for block in T.thread_binding(T.ceildiv(vocab, THREADS), thread="blockIdx.x"):
                for thread in T.thread_binding(THREADS, thread="threadIdx.x"):
                    with T.sblock("bitmask"):
                        T.reads()
                        T.writes()
                        if block * THREADS + thread < vocab:
                            token: T.let[T.int32] = block * THREADS + thread
                            if (mask[seq_ids[row], token // 32] >> (token % 32)) & 1 == 0:
                                logits[seq_ids[row], token] = T.min_value("float32")

    return bitmask
