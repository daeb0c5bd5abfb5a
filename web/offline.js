/** The service worker's registration: it keeps the app, so that it starts without its server. */

import { scriptUrl } from "./trusted.js";

/** False in private windows of some browsers, and at a plain-http address of another computer. */
export const canKeepApp = "serviceWorker" in navigator;

/** The one that an earlier visit has left, if any. */
export async function findRegistration() {
  return canKeepApp ? navigator.serviceWorker.getRegistration() : undefined;
}

/** Once the page is usable and idle: the files are fetched in the background. */
export async function register() {
  const address = new URL("../service_worker.js", import.meta.url);
  return navigator.serviceWorker.register(scriptUrl(address), { updateViaCache: "none" });
}

/**
 * Calls back whenever a version is whole and waits beside the one in use; not for the first one.
 *
 * @param {ServiceWorkerRegistration} registration
 * @param {() => void} onWaiting
 */
export function watchForVersions(registration, onWaiting) {
  const watch = () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && registration.active) onWaiting();
    });
  };
  registration.addEventListener("updatefound", watch);
  watch();
  if (registration.waiting && registration.active) onWaiting();
}
