/** Chinese in simplified characters. */

import { answers } from "./zh/answers.js";
import { chat } from "./zh/chat.js";
import { errors } from "./zh/errors.js";
import { models } from "./zh/models.js";
import { settings } from "./zh/settings.js";

/** @type {import("./translation").Translation} */
export const translation = { ...chat, ...answers, ...models, ...settings, ...errors };
