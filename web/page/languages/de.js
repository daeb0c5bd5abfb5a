/** German: in neutral, infinitive sentences, without "du" or "Sie". */

import { answers } from "./de/answers.js";
import { chat } from "./de/chat.js";
import { errors } from "./de/errors.js";
import { models } from "./de/models.js";
import { settings } from "./de/settings.js";

/** @type {import("./translation").Translation} */
export const translation = { ...chat, ...answers, ...models, ...settings, ...errors };
