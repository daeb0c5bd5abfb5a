"""docs/models.md shows the catalogue as it is."""

from pathlib import Path

import pytest

from localm.builds import SUFFIXES
from localm.catalog import ENTRIES, ModelRecord, catalogue

MODELS = Path(__file__).parents[2] / "docs" / "models.md"


def row(record: ModelRecord) -> str:
    """The record's line in the table."""
    half, full = (build for build in record.builds if build.format == "mlc")
    onnx = [build for build in record.builds if build.format == "onnx"]
    cells = [
        record.name,
        f"{record.parameters / 1e6:.0f} M",
        record.license,
        f"{half.repository.removeprefix('mlc-ai/')}, …-{full.dtype}-MLC",
        f"{half.memory_mb:.0f} / {full.memory_mb:.0f}",
        onnx[0].repository if onnx else "–",
        *(", ".join(b.dtype for b in onnx if on in b.devices) or "–" for on in ("webgpu", "wasm")),
    ]
    return f"| {' | '.join(cells)} |"


@pytest.mark.parametrize("record", catalogue(), ids=lambda record: record.id)
def test_every_model_has_its_line(record: ModelRecord) -> None:
    assert row(record) in MODELS.read_text(encoding="utf-8").splitlines()


def test_table_is_ordered_by_size_and_names_dtypes_that_exist() -> None:
    assert sorted(ENTRIES, key=lambda one: one["parameters"]) == ENTRIES
    for one in ENTRIES:
        dtypes = {*one["onnx_gpu"], *one["onnx_cpu"]}
        assert dtypes <= SUFFIXES.keys()
        assert bool(dtypes) is bool(one["onnx"])
        assert not any("16" in dtype for dtype in one["onnx_cpu"])
