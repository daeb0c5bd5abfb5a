/** What a download is measured against: the same requests, their bytes thrown away. */
self.onmessage = async ({ data: urls }) => {
  const began_ms = performance.now();
  let bytes = 0;
  for (const url of urls) {
    const response = await fetch(url, { cache: "no-store", credentials: "omit" });
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.length;
    }
  }
  self.postMessage({ bytes, took_ms: performance.now() - began_ms });
};
