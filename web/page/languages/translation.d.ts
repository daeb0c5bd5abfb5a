/**
 * What a language must have: each part of the English catalogue, with the same keys and the same values
 * in its sentences. docs/translating.md tells how to add one.
 */

import type { CHAT_SENTENCES, TEXT } from "../strings.js";
import type { ANSWER_SENTENCES, ANSWERS, BUILT_IN_PRESETS } from "../strings_answers.js";
import type { ATTACHING, ATTACHING_SENTENCES } from "../strings_attaching.js";
import type { DATA, DATA_SENTENCES } from "../strings_data.js";
import type { HISTORY, HISTORY_SENTENCES } from "../strings_history.js";
import type { MESSAGE, MESSAGE_SENTENCES } from "../strings_message.js";
import type { MODEL_SENTENCES, MODELS } from "../strings_models.js";
import type { PAGE } from "../strings_page.js";
import type { PROGRESS } from "../strings_progress.js";
import type { Reasons } from "../strings_reasons.js";
import type { RENDERING, RENDERING_SENTENCES } from "../strings_rendering.js";
import type { SETTINGS, SETTINGS_SENTENCES } from "../strings_settings.js";
import type { SHORTCUTS } from "../strings_shortcuts.js";

export type Translation = {
  TEXT: typeof TEXT;
  CHAT_SENTENCES: typeof CHAT_SENTENCES;
  ANSWERS: typeof ANSWERS;
  ANSWER_SENTENCES: typeof ANSWER_SENTENCES;
  BUILT_IN_PRESETS: typeof BUILT_IN_PRESETS;
  ATTACHING: typeof ATTACHING;
  ATTACHING_SENTENCES: typeof ATTACHING_SENTENCES;
  DATA: typeof DATA;
  DATA_SENTENCES: typeof DATA_SENTENCES;
  HISTORY: typeof HISTORY;
  HISTORY_SENTENCES: typeof HISTORY_SENTENCES;
  MESSAGE: typeof MESSAGE;
  MESSAGE_SENTENCES: typeof MESSAGE_SENTENCES;
  MODELS: typeof MODELS;
  MODEL_SENTENCES: typeof MODEL_SENTENCES;
  PAGE: typeof PAGE;
  PROGRESS: typeof PROGRESS;
  RENDERING: typeof RENDERING;
  RENDERING_SENTENCES: typeof RENDERING_SENTENCES;
  SETTINGS: typeof SETTINGS;
  SETTINGS_SENTENCES: typeof SETTINGS_SENTENCES;
  SHORTCUTS: typeof SHORTCUTS;
  ERRORS: Record<ErrorCode, string>;
  REASONS: Reasons;
};

/** The codes of errors.py, then those of the page and of the worker around Python. */
export type ErrorCode =
  | "bad-message"
  | "version-mismatch"
  | "unknown-model"
  | "bad-hub"
  | "bad-model-id"
  | "bad-folder"
  | "bad-archive"
  | "unknown-archive"
  | "newer-archive"
  | "bad-schema"
  | "bad-json"
  | "prompt-too-long"
  | "cancelled"
  | "no-engine"
  | "internal"
  | "engine-failed"
  | "load-failed"
  | "webgpu-unavailable"
  | "download-failed"
  | "needs-access"
  | "no-repository"
  | "host-blocked"
  | "no-room"
  | "library-broken"
  | "unsupported-model"
  | "out-of-memory"
  | "device-lost"
  | "generation-failed"
  | "boot-failed"
  | "worker-died";
