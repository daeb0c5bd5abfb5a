/**
 * What the page keeps from one visit to the next, in localStorage. A browser that offers none, or
 * throws, must not break the page: then it is kept as long as the page is open.
 */

const PREFIX = "localm.";

/** @type {Map<string, string>} */
const inMemory = new Map();

/**
 * @param {string} key
 * @returns {string} "" when there is nothing
 */
export function kept(key) {
  try {
    return localStorage.getItem(PREFIX + key) ?? inMemory.get(key) ?? "";
  } catch {
    return inMemory.get(key) ?? "";
  }
}

/**
 * @param {string} key
 * @param {string} value "" removes it
 */
export function keep(key, value) {
  inMemory.set(key, value);
  try {
    if (value) localStorage.setItem(PREFIX + key, value);
    else localStorage.removeItem(PREFIX + key);
  } catch (error) {
    console.info(`localm: ${key} is not kept: ${error}`);
  }
}

/** Forget all that is kept, but for some keys. @param {readonly string[]} but @returns {Map<string, string>} what was */
export function takeKept(but) {
  const taken = new Map([...keysKept()].map((key) => [key, kept(key)]));
  for (const key of but) taken.delete(key);
  for (const key of taken.keys()) keep(key, "");
  return taken;
}

function keysKept() {
  const keys = new Set([...inMemory].filter(([, value]) => value).map(([key]) => key));
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(PREFIX)) keys.add(key.slice(PREFIX.length));
  } catch (error) {
    console.info(`localm: what is kept cannot be listed: ${error}`);
  }
  return keys;
}
