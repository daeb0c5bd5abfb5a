/** What a download is measured against: the same requests, three at a time, their bytes thrown away. */
self.onmessage = async ({ data: urls }) => {
  const began_ms = performance.now();
  let bytes = 0;
  const lane = async () => {
    for (let url = urls.shift(); url; url = urls.shift())
      await discard(url, (count) => {
        bytes += count;
      });
  };
  await Promise.all([lane(), lane(), lane()]);
  self.postMessage({ bytes, took_ms: performance.now() - began_ms });
};

async function discard(url, onBytes) {
  const response = await fetch(url, { cache: "no-store", credentials: "omit" });
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes(value.length);
  }
}
