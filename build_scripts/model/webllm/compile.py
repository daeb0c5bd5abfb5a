"""From the checkpoint's shape to the one WebAssembly library that WebLLM loads."""

import json
from pathlib import Path

import tvm
from tvm import relax

from .config import ModelConfig
from .kernels import sampling
from .link import Link
from .model import Guide, module_spec

TARGET = {
    "kind": "webgpu",
    "host": {"kind": "llvm", "mtriple": "wasm32-unknown-unknown-wasm"},
}
IN_PLACE = {
    "apply_logit_bias_inplace": sampling.apply_logit_bias,
    "apply_penalty_inplace": sampling.apply_penalty,
    "apply_bitmask_inplace": sampling.apply_bitmask,
}


def build_module(config: ModelConfig) -> tvm.IRModule:
    """All functions that WebLLM looks up."""
    module, params = Guide(config).export_tvm(module_spec(config))
    # Without a bound every prompt length asks for buffers of another size, and the pool keeps all.
    for name in ("embed", "prefill"):
        bound = {"n": config.prefill_chunk_size}
        module[name] = module[name].with_attr("tir_var_upper_bound", bound)
    for name, kernel in IN_PLACE.items():
        module[name] = kernel().with_attr("global_symbol", name)
    module["_metadata"] = _metadata(config, [name for name, _ in params])
    return module


def _metadata(config: ModelConfig, param_names: list[str]) -> relax.Function:
    text = json.dumps(
        {
            "params": [{"name": name} for name in param_names],
            "prefill_chunk_size": config.prefill_chunk_size,
            "kv_state_kind": "kv_cache",
        }
    )
    builder = relax.BlockBuilder()
    with builder.function("_metadata", params=[]):
        builder.emit_func_output(tvm.ir.StringImm(text))
    return builder.finalize()["_metadata"]


@tvm.transform.module_pass(opt_level=0)
def lower(module: tvm.IRModule, _context: tvm.transform.PassContext) -> tvm.IRModule:
    """TVM's default pipeline less the scheduling: every kernel here comes scheduled."""
    passes = [
        relax.transform.LegalizeOps(),
        relax.transform.RewriteDataflowReshape(),
        relax.transform.ToNonDataflow(),
        relax.transform.RemovePurityChecking(),
        relax.transform.CallTIRRewrite(),
        relax.transform.StaticPlanBlockMemory(),
        relax.transform.LowerAllocTensor(),
        relax.transform.KillAfterLastUse(),
        relax.transform.LowerRuntimeBuiltin(),
        relax.transform.ComputePrimValue(),
        relax.transform.VMShapeLower(),
        relax.transform.AttachGlobalSymbol(),
    ]
    return tvm.transform.Sequential(passes)(module)


def compile_library(config: ModelConfig, path: Path, link: Link) -> None:
    """Write the library; `link` makes one file of its object files."""
    target = tvm.target.Target(TARGET)
    with target:
        executable = relax.build(
            build_module(config), target, relax_pipeline=lower, system_lib=True
        )
    executable.export_library(str(path), fcompile=link)
