"""Versions of the site: the real page and the real service worker, and little else to be kept.

The scripted worker stands behind the page, so there are no engines and no models in them.
"""

import shutil
from pathlib import Path

from playwright.sync_api import Page

from build_scripts.files import write
from build_scripts.precache import write_precache
from build_scripts.site import Site, add_service_worker
from localm_host.server import create_app
from tests.browser.conftest import fake_worker
from tests.browser.support.faulty_server import FaultyServer

OLD, NEW = "app-00000000", "app-11111111"
SHARED = "vendor/pyodide-1/pyodide.mjs"  # the same file in every version
KEPT = "() => navigator.serviceWorker.ready.then(() => true)"  # installed: every file is kept
CONTROLLED = "() => navigator.serviceWorker.controller !== null"
TEXT = "async (path) => (await fetch(path)).text()"
# Looks for a new version, and says what became of it: kept whole, or given up ("redundant").
UPDATE = """async () => {
  const registration = await navigator.serviceWorker.ready;
  let worker;
  // The browser looks by itself after each navigation, perhaps before the new version was there;
  // who asks meanwhile gets the answer to that.
  for (let tries = 0; !worker && tries < 20; tries++) {
    if (tries) await new Promise((resolve) => setTimeout(resolve, 250));
    await registration.update();
    worker = registration.installing ?? registration.waiting;
  }
  if (!worker) return "none";
  while (worker.state === "installing") {
    await new Promise((changed) => { worker.onstatechange = changed; });
  }
  return worker.state;
}"""
KEPT_PATHS = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("localm-precache-"));
  const caught = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return caught.flat().map(({ url }) => new URL(url).pathname);
}"""


def write_version(folder: Path, built: Path, app: str) -> Path:
    """The built site's page as version `app`, in `folder`."""
    (built_app,) = built.glob("app-*")
    (workbox,) = built.glob("vendor/workbox-*")
    shutil.copytree(built_app, folder / app, ignore=shutil.ignore_patterns("*.br", "*.gz"))
    shutil.copytree(workbox, folder / "vendor" / workbox.name)
    write(folder / app / "worker" / "worker.js", fake_worker())
    shutil.copyfile(built / "hub.json", folder / "hub.json")
    page = (built / "index.html").read_text()
    write(folder / "index.html", page.replace(built_app.name, app))
    write(folder / app / "worker" / "download_worker.js", "// may reach other origins")
    write(folder / app / "name.txt", app)
    write(folder / SHARED, "// the same in every version")
    write_precache(folder)
    add_service_worker(Site(folder))
    return folder


def serve(server: FaultyServer, folder: Path) -> None:
    """Another version is there, as after a deployment."""
    server.app.app = create_app(folder)


def version_of(page: Page) -> str:
    """The version that the open page itself is of."""
    source = page.locator('script[src$="main.js"]').get_attribute("src") or ""
    return source.split("/")[0]
