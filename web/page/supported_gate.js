/**
 * Imported first by main.js: where supported.js has found something missing, the app never starts. It
 * waits here, because an error would be one more thing that nobody can do anything about.
 */

if (document.documentElement.hasAttribute("data-unsupported")) await new Promise(() => {});

export {};
