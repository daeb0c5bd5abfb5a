"""hatchling's hook for the package that people install: it carries the built site."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackageSite(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds the site into the wheel as localm_host/site; a checkout needs no copy."""
        if version == "editable":
            return
        sys.path[:0] = [self.root, str(Path(self.root) / "pyapp")]
        from build_scripts.site import build

        site = Path(self.root) / "build" / "site"
        build(site)
        build_data["force_include"][str(site)] = "localm_host/site"
