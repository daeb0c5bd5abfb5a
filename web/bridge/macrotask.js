/** A turn of the event loop. Timers would cost 4 ms each; a message to oneself costs microseconds. */

const { port1, port2 } = new MessageChannel();
/** @type {(() => void)[]} */
const waiting = [];
port1.onmessage = () => waiting.shift()?.();

/** @returns {Promise<void>} resolves after the messages that are waiting now were handled */
export function macrotask() {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}
