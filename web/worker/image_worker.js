/**
 * Fetches one image that a person has asked for (web/page/image_placeholder.js). The `connect` parameter
 * of its own address names the one host that it may reach; whoever serves this file puts that into its
 * content policy.
 */

const MAX_BYTES = 30_000_000;

self.onmessage = async ({ data }) => {
  self.postMessage(await image(String(data)).catch(String));
};

/** @param {string} address */
async function image(address) {
  // A host that needs a cookie or a referrer to hand out a picture would know this reader by it.
  const response = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!response.ok) throw new Error(`the host answered ${response.status}`);
  if (Number(response.headers.get("content-length")) > MAX_BYTES)
    throw new Error("it is too large");
  const blob = await response.blob();
  if (!blob.type.startsWith("image/")) throw new Error(`it is ${blob.type}`);
  return blob;
}
