/**
 * A short-lived worker of its own, so that the worker that chats is never disturbed: boots Pyodide once
 * more, takes the memory snapshot and stores it. It says when it is done; whoever started it ends it.
 */

import { bootPlain } from "./boot.js";
import { storeSnapshot } from "./snapshot.js";

const pyodide = await bootPlain(() => {}, { _makeSnapshot: true });
await storeSnapshot(/** @type {any} */ (pyodide).makeMemorySnapshot());
self.postMessage("stored");
