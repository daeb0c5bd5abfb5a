/**
 * The app's own versions. A new one is kept in the background and waits; this page goes on with the
 * files that it began with until the person takes the new one. No tab is ever reloaded unasked.
 */

import { canKeepApp, findRegistration, register, watchForVersions } from "../offline.js";

const HOUR_MS = 3_600_000;

export class Updates {
  #onReady;
  /** @type {ServiceWorkerRegistration | undefined} */
  #registration;
  #checkedAt = 0;
  #isTaking = false;
  // The first version takes this page over without a word; so does the one that Shift-reload passed.
  #isControlled = canKeepApp && navigator.serviceWorker.controller !== null;
  #found;

  /** @param {() => void} onReady a newer version waits, or another tab has taken it */
  constructor(onReady) {
    this.#onReady = onReady;
    this.#found = this.#safely(() => this.#watchKeptApp());
    if (!canKeepApp) return;
    navigator.serviceWorker.addEventListener("controllerchange", () => this.#controllerChanged());
    document.addEventListener("visibilitychange", () => this.#checkWhenSeen());
  }

  /** To be called once, when the page is at rest: a first visit keeps the app only then. */
  keepApp() {
    return this.#safely(async () => {
      await this.#found;
      if (canKeepApp && !this.#registration) this.#watch(await register());
      this.#registration?.active?.postMessage("page-started");
    });
  }

  /** The person wants the new version. */
  take() {
    const waiting = this.#registration?.waiting;
    if (!waiting) return location.reload();
    this.#isTaking = true;
    waiting.postMessage("take-over");
  }

  async #watchKeptApp() {
    const registration = await findRegistration();
    if (!registration) return;
    this.#watch(registration);
    await registration.update();
  }

  /** @param {ServiceWorkerRegistration} registration */
  #watch(registration) {
    this.#registration = registration;
    this.#checkedAt = Date.now();
    watchForVersions(registration, this.#onReady);
  }

  #checkWhenSeen() {
    const isDue = Date.now() - this.#checkedAt >= HOUR_MS;
    if (document.visibilityState !== "visible" || !isDue) return;
    this.#checkedAt = Date.now();
    this.#safely(async () => this.#registration?.update());
  }

  #controllerChanged() {
    const isFirst = !this.#isControlled;
    this.#isControlled = true;
    if (this.#isTaking) location.reload();
    else if (!isFirst) this.#onReady();
  }

  /**
   * The chat works without any of it; offline, looking for a new version always fails.
   *
   * @param {() => Promise<unknown>} step
   */
  async #safely(step) {
    try {
      await step();
    } catch (error) {
      console.info(`localm: the app's kept version failure error=${error}`);
    }
  }
}
