/** JavaScript's `import()` as a function, for Python: there it is syntax, and cannot be called. */

import { guarded } from "./errors.js";

export const guardedImport = guarded((/** @type {string} */ url) => import(url));
