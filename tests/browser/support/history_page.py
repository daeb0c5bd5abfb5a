"""A page with the history alone: its modules and the browser's IndexedDB, nothing of the app."""

from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.wire import app_folder

OPEN = """async (url) => {
  const { History } = await import(url);
  const kept = new History();
  await kept.open();
  const record = (id, changes = {}) => ({ id, title: id, title_is_edited: false, created_ms: 1,
    updated_ms: 1, pinned: false, leaf: "", model: "", system: "", options: {}, ...changes });
  const message = (id, parent, content, changes = {}) => ({ id, parent, role: "user", content,
    attachments: [], created_ms: 1, state: "complete", author: "", result: null, ...changes });
  const answer = (id, content, changes = {}) =>
    message(id, "", content, { role: "assistant", state: "streaming", ...changes });
  Object.assign(globalThis, { kept, record, message, answer });
}"""


def module(server: FaultyServer, name: str) -> str:
    return f"{server.url}{app_folder(server)}/history/{name}.js"


def opened(context: BrowserContext, server: FaultyServer, before: str = "") -> Page:
    page = context.new_page()
    if before:
        page.add_init_script(before)
    page.goto(server.url + "blank.html")
    page.evaluate(OPEN, module(server, "history"))
    return page


def texts(page: Page, conversation: str = "c") -> list[Any]:
    script = "async (id) => (await kept.messages(id)).map(({content, state}) => [content, state])"
    found: list[Any] = page.evaluate(script, conversation)
    return sorted(found)


def wait_for(page: Page, condition: str) -> None:
    """Wait until a condition that may have to wait itself holds."""
    page.evaluate(f"""async () => {{
      const latest = performance.now() + 10_000;
      while (!(await ({condition})())) {{
        if (performance.now() > latest) throw new Error("it never held");
        await new Promise((resolve) => setTimeout(resolve, 20));
      }}
    }}""")
