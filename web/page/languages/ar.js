/** Modern Standard Arabic, with hardly a vowel sign. */

import { answers } from "./ar/answers.js";
import { chat } from "./ar/chat.js";
import { errors } from "./ar/errors.js";
import { models } from "./ar/models.js";
import { reasons } from "./ar/reasons.js";
import { settings } from "./ar/settings.js";

/** @type {import("./translation").Translation} */
export const translation = { ...chat, ...answers, ...models, ...reasons, ...settings, ...errors };
