/**
 * The same response, with its bytes counted as they pass.
 *
 * @param {Response} response
 * @param {(newBytes: number) => void} onBytes
 * @returns {Response}
 */
export function counted(response, onBytes) {
  const counter = new TransformStream({
    transform(chunk, controller) {
      onBytes(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  const { status, headers } = response;
  return new Response(response.body?.pipeThrough(counter), { status, headers });
}
