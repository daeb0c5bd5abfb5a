"""Builds the wheel that the browser's Python runs: the package `localm` and nothing else.

The same sources give the same bytes, so that the address of the built app changes only when the app
does. hatchling sees to that: it sorts the files and gives them one fixed time.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.wheel import WheelBuilder
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager

from build_scripts.files import ROOT


def build_wheel(folder: Path) -> Path:
    """Writes localm-<version>-py3-none-any.whl into `folder`."""
    project = browser_project()
    plugins = PluginManager()
    metadata: ProjectMetadata[PluginManager] = ProjectMetadata(str(ROOT), plugins, project)
    builder = WheelBuilder(str(ROOT), plugin_manager=plugins, config=project, metadata=metadata)
    folder.mkdir(parents=True, exist_ok=True)
    return Path(next(builder.build(directory=str(folder), versions=["standard"])))


def browser_project() -> dict[str, Any]:
    """pyproject.toml as the browser sees it: no server, no command, no dependency."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    keep = ("name", "version", "description", "license", "requires-python")
    project = {key: config["project"][key] for key in keep}
    target = {"packages": ["pyapp/localm"]}
    return {
        "project": {**project, "license-files": ["LICENSE"]},
        "tool": {"hatch": {"build": {"targets": {"wheel": target}}}},
    }


def version() -> str:
    return str(browser_project()["project"]["version"])
