/**
 * Stands where an answer shows an image of another origin: whoever serves it would learn of this
 * reader, so it is fetched when a person asks for it, and not before.
 *
 * The page itself may reach no other origin. A worker whose address names the image's host may reach
 * that one, without cookies and referrer, and ends when it has handed over the bytes.
 */

import { scriptUrl } from "../trusted.js";
import { button, el, outsideLink } from "./dom.js";
import { RENDERING } from "./strings_rendering.js";

const MAX_SHOWN = 200;

/**
 * @param {string} address as it was written
 * @param {string} alt
 */
export function imagePlaceholder(address, alt) {
  const element = el("span", { class: "image-placeholder" });
  const url = webAddress(address);
  element.append(el("span", { class: "image-alt" }, alt || RENDERING.image));
  const shown = (url?.href ?? address).slice(0, MAX_SHOWN) || RENDERING.noAddress;
  if (!url) {
    element.append(el("span", { class: "image-address" }, shown));
    return element;
  }
  const link = outsideLink(url.href, shown);
  const load = button(RENDERING.loadImage, () => show(url, alt, element, load), "firm");
  element.append(el("span", { class: "image-address" }, link), load);
  return element;
}

/** @param {string} address */
function webAddress(address) {
  const url = URL.parse(address);
  return url && /^https?:$/.test(url.protocol) && !url.username ? url : undefined;
}

/**
 * @param {URL} url
 * @param {string} alt
 * @param {HTMLElement} element
 * @param {HTMLButtonElement} load
 */
async function show(url, alt, element, load) {
  load.disabled = true;
  load.textContent = RENDERING.loadingImage;
  try {
    const image = await decoded(await fetched(url), alt);
    element.replaceWith(image);
    image.dispatchEvent(new Event("grown", { bubbles: true }));
  } catch (error) {
    console.info(`localm: an image was not loaded: ${error}`);
    load.replaceWith(el("span", { class: "image-failed", role: "alert" }, RENDERING.imageFailed));
  }
}

/**
 * @param {URL} url
 * @returns {Promise<Blob>}
 */
function fetched(url) {
  const address = new URL("../worker/image_worker.js", import.meta.url);
  address.searchParams.set("connect", url.origin);
  const worker = new Worker(scriptUrl(address), { type: "module" });
  /** @type {Promise<Blob>} */
  const answer = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data instanceof Blob) resolve(data);
      else reject(new Error(String(data)));
    };
    worker.onerror = () => reject(new Error("its worker did not start"));
  });
  worker.postMessage(url.href);
  return answer.finally(() => worker.terminate());
}

/**
 * @param {Blob} blob
 * @param {string} alt
 */
async function decoded(blob, alt) {
  const image = el("img", { class: "loaded-image", alt });
  const src = URL.createObjectURL(blob);
  try {
    image.src = src;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(src);
  }
}
