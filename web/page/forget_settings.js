/** The settings as they were at first, and back: what localStorage keeps of this page, all at once. */

import { keep, takeKept } from "./kept.js";
import { setTheme, theme } from "./theme.js";

// Models whose removal waits are no setting: they would stay for ever.
const NOT_SETTINGS = ["removing"];

/**
 * @param {() => void} onChange what holds a setting reads it again
 * @returns {() => void} brings them back
 */
export function forgetAllKept(onChange) {
  const were = takeKept(NOT_SETTINGS);
  const apply = () => {
    setTheme(theme());
    onChange();
  };
  apply();
  return () => {
    for (const [key, value] of were) keep(key, value);
    apply();
  };
}
