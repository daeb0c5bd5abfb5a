/** Chinese in simplified characters. */

import { chat } from "./zh/chat.js";
import { errors } from "./zh/errors.js";
import { models } from "./zh/models.js";
import { settings } from "./zh/settings.js";

/** @type {import("./translation").Translation} */
export const translation = { ...chat, ...models, ...settings, ...errors };
