"""axe-core, and what else is asked of every page that a person sees."""

from pathlib import Path

ROOT = Path(__file__).parents[3]
AXE = (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text()
VIOLATIONS = """async () => (await axe.run()).violations.flatMap(({ id, nodes }) =>
  nodes.map(({ target, failureSummary }) => [id, target.join(" "), failureSummary]))"""
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
