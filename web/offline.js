/** Asks the browser to keep the app, so that it starts and answers without its server. */

import { scriptUrl } from "./trusted.js";

/**
 * To be called once, when the page is usable and idle: the files are fetched in the background.
 * @returns {Promise<ServiceWorkerRegistration | undefined>} undefined where there is no such thing
 *   (private windows of some browsers, a plain-http address other than this computer's)
 */
export async function registerOffline() {
  if (!("serviceWorker" in navigator)) return undefined;
  const address = new URL("../service_worker.js", import.meta.url);
  return navigator.serviceWorker.register(scriptUrl(address), { updateViaCache: "none" });
}
