/**
 * What WebGPU offers, and a watch over each device that a library takes.
 *
 * No library tells when its device is lost between two answers, and some never settle a call that
 * was under way. So each device is noted where it is made, and whoever waits for the library is told.
 */

import { namedError } from "./errors.js";

/**
 * The part of the WebGPU types that is used here.
 *
 * @typedef {{lost: Promise<{reason: string, message: string}>, destroy: () => void}} Device
 * @typedef {{vendor?: string, architecture?: string, description?: string}} AdapterInfo
 * @typedef {{
 *   info?: AdapterInfo,
 *   features: Iterable<string>,
 *   limits: {maxBufferSize: number},
 * }} Adapter
 * @typedef {{requestAdapter: () => Promise<Adapter | null>}} Gpu
 */

/** @type {Set<DeviceWatch>} */
const collecting = new Set();

/** From now on every new device is handed to the watches that are collecting. Call it once. */
export function noteNewDevices() {
  const adapters = /** @type {any} */ (globalThis).GPUAdapter;
  if (!adapters) return;
  const requestDevice = adapters.prototype.requestDevice;
  adapters.prototype.requestDevice = async function (/** @type {unknown} */ descriptor) {
    const device = await requestDevice.call(this, descriptor);
    for (const watch of collecting) watch.add(device);
    return device;
  };
}

/** Watches over the devices of one engine. */
export class DeviceWatch {
  /** @type {Error | undefined} */
  lost;
  /** @type {Set<Device>} */
  #devices = new Set();
  /** @type {Set<(error: Error) => void>} */
  #waiting = new Set();
  #noteFirst = () => {};
  /** Resolves once there is a device. @type {Promise<void>} */
  first = new Promise((resolve) => {
    this.#noteFirst = resolve;
  });

  /** @param {Device} device */
  add(device) {
    this.#devices.add(device);
    this.#noteFirst();
    device.lost.then(({ reason, message }) => {
      this.lost = namedError("DeviceLostError", `the GPU device was lost: ${reason} ${message}`);
      for (const reject of this.#waiting) reject(this.lost);
    });
  }

  /**
   * Every device made while `load` runs is watched from then on. Loads run one after the other, so
   * it is this engine's.
   *
   * @template T
   * @param {() => Promise<T>} load
   * @returns {Promise<T>}
   */
  async collectDuring(load) {
    collecting.add(this);
    try {
      return await load();
    } finally {
      collecting.delete(this);
    }
  }

  /**
   * Settles as `work` does, and rejects at once when a device is lost or `signal` is raised: a
   * library may never settle then. What `work` does afterwards is nobody's business any more.
   *
   * @template T
   * @param {() => Promise<T>} work
   * @param {AbortSignal} [signal]
   * @returns {Promise<T>}
   */
  async race(work, signal) {
    if (this.lost) throw this.lost;
    /** @type {(error: Error) => void} */
    let giveUp = () => {};
    /** @type {Promise<never>} */
    const givenUp = new Promise((_, reject) => {
      giveUp = reject;
    });
    const onAbort = () => giveUp(namedError("AbortError", "stopped on request"));
    // Not `device.lost.then(...)` each time: that would pile up for as long as the device lives.
    this.#waiting.add(giveUp);
    signal?.addEventListener("abort", onAbort);
    if (signal?.aborted) onAbort();
    try {
      return await Promise.race([work(), givenUp]);
    } finally {
      this.#waiting.delete(giveUp);
      signal?.removeEventListener("abort", onAbort);
    }
  }

  /** Free the memory of every device, whatever the library thinks of it. */
  destroy() {
    for (const device of this.#devices) device.destroy();
  }
}

/**
 * One look at what WebGPU offers here, in the fields of `localm.probe.Probe`, as JSON.
 *
 * @returns {Promise<string>}
 */
export async function look() {
  const { gpu, deviceMemory } = /** @type {any} */ (navigator);
  return JSON.stringify({ ...(await lookAt(gpu)), memory_gb: deviceMemory ?? 0 });
}

/** @param {Gpu | undefined} gpu */
async function lookAt(gpu) {
  if (!gpu) return unusable("This browser offers no WebGPU.");
  try {
    const adapter = await gpu.requestAdapter();
    if (!adapter) return unusable("WebGPU found no usable graphics adapter on this computer.");
    const { vendor, architecture, description } = adapter.info ?? {};
    return {
      webgpu: true,
      adapter: [vendor, architecture].filter(Boolean).join(" / ") || (description ?? ""),
      features: [...adapter.features].sort(),
      max_buffer_bytes: adapter.limits.maxBufferSize,
      reason: "",
    };
  } catch (error) {
    return unusable(`WebGPU refused an adapter: ${error}`);
  }
}

/** @param {string} reason */
function unusable(reason) {
  return { webgpu: false, adapter: "", features: [], max_buffer_bytes: 0, reason };
}
