/** Spanish: neutral between countries, with "tú". */

import { answers } from "./es/answers.js";
import { chat } from "./es/chat.js";
import { errors } from "./es/errors.js";
import { models } from "./es/models.js";
import { settings } from "./es/settings.js";

/** @type {import("./translation").Translation} */
export const translation = { ...chat, ...answers, ...models, ...settings, ...errors };
