/** Arabic has a form for none, one, two, a few, many and hundreds; none may be forgotten. */

import { plural } from "../../format.js";

/** @type {(count: number, forms: Record<Intl.LDMLPluralRule, string>) => string} */
export const counted = plural;
