/**
 * Python destroys its side of a callback when the call that it was given to ends. A library that
 * comes back late must not reach it.
 *
 * @template {unknown[]} A
 * @param {(...args: A) => void} callback
 * @returns {{call: (...args: A) => void, close: () => void}}
 */
export function closable(callback) {
  let open = true;
  return {
    call: (...args) => {
      if (open) callback(...args);
    },
    close: () => {
      open = false;
    },
  };
}
