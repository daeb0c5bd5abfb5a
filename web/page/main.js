/** The page: puts its parts together. What they do is decided in the worker. */

import "./supported_gate.js";

import { Client } from "../client.js";
import { History } from "../history/history.js";
import { settingsForNew } from "./answer_settings.js";
import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { ContextMeter } from "./context_meter.js";
import { ConversationsPart } from "./conversations_part.js";
import { dialogIsOpen } from "./dialog.js";
import { button, byId } from "./dom.js";
import { keepDraft, takeDraft } from "./draft.js";
import { Follow } from "./follow.js";
import { forgetAllKept } from "./forget_settings.js";
import { hubAddress } from "./hub_setting.js";
import { ModelsPart } from "./models_part.js";
import { errorDetails } from "./notes.js";
import { Notice } from "./notice.js";
import { Presets } from "./presets.js";
import { sendShortcuts } from "./send_with.js";
import { SettingsDialog } from "./settings_dialog.js";
import { listenForShortcuts } from "./shortcuts.js";
import { Status } from "./status.js";
import { STARTERS, TEXT } from "./strings.js";
import { worded } from "./strings_errors.js";
import { SHORTCUTS } from "./strings_shortcuts.js";
import { Updates } from "./updates.js";

/** @typedef {import("../protocol").Error} WorkerError */

const IDLE = {
  starting: TEXT.starting,
  ready: TEXT.ready,
  stopped: TEXT.notRunning,
  outdated: TEXT.notRunning,
};
const REST_MS = 5_000;

const log = byId("conversation", HTMLElement);
const welcome = byId("welcome", HTMLElement);

const status = new Status();
const notice = new Notice();
const follow = new Follow();
const history = new History();
const client = new Client(hubAddress, worded);
const models = new ModelsPart(client, status, notice);
const chat = new Chat({
  ...{ client, history, status, follow, notice, log, onAnswering, onShown, onTooLong },
  choice: models.choice,
  models: models.store,
  onNotKept: (error) => conversations.notKept(error),
});
const conversations = new ConversationsPart({ history, chat, notice });
const presets = new Presets();
const settings = new SettingsDialog({
  ...{ client, history, forgetSettings, leave, reload },
  presets,
  answers: {
    ...{ client, chat, choice: models.choice, models: models.store, presets },
    changed: () => meter.changed(),
  },
  models: { stored: () => models.stored(), remove: () => models.removeStored() },
});
const composer = new Composer({
  send,
  stop: () => chat.stop(),
  refuse: (text) => notice.show({ text }),
  changed: () => meter.changed(),
});
const meter = new ContextMeter({
  ...{ client, choice: models.choice },
  conversation: () => chat.conversation,
  draft: () => composer.draft,
  counted: (tokens, isEstimate) => composer.showTokens(tokens, isEstimate),
});
const { text, files } = takeDraft();
if (text || files.length > 0) composer.giveBack(text, files);
const updates = new Updates(() => notice.offer(newVersionNote));

client.onState = showState;
client.onBootProgress = () => chat.showWait();
showState(client.state);
setTimeout(keepAppWhenAtRest, REST_MS);
byId("starters", HTMLElement).append(...STARTERS.map(starter));
byId("new-chat", HTMLButtonElement).addEventListener("click", startNewChat);
byId("settings", HTMLButtonElement).addEventListener("click", () => settings.open());
document.addEventListener("keydown", ({ key, isComposing }) => {
  if (key === "Escape" && !isComposing && !dialogIsOpen()) chat.stop();
});

listenForShortcuts(() => [
  ...sendShortcuts(),
  { name: SHORTCUTS.stop, key: "escape" },
  { name: SHORTCUTS.message, key: "/", act: () => composer.focus() },
  { name: SHORTCUTS.newChat, key: "o", ctrl: true, shift: true, act: startNewChat },
  { name: SHORTCUTS.search, key: "k", ctrl: true, act: () => conversations.search() },
  { name: SHORTCUTS.side, key: "s", ctrl: true, shift: true, act: () => conversations.toggle() },
]);

/** Keeping the app fetches more than starting it does, so it waits until nothing else is going on. */
function keepAppWhenAtRest() {
  const isBusy = client.state.phase === "starting" || chat.isBusy;
  if (isBusy) setTimeout(keepAppWhenAtRest, REST_MS);
  else updates.keepApp();
}

function newVersionNote() {
  return {
    text: TEXT.newVersion,
    action: { label: TEXT.reload, act: () => updates.take() },
  };
}

/**
 * @param {string} prompt
 * @param {readonly import("../protocol").Attachment[]} [files]
 */
function send(prompt, files) {
  notice.hide();
  chat.send(prompt, files);
}

/** @param {string} prompt */
function starter(prompt) {
  const press = () => {
    send(prompt);
    composer.focus();
  };
  const starter = button(prompt, press, "starter");
  starter.lang = "en";
  starter.dir = "ltr";
  return starter;
}

/** @param {import("../client.js").ClientState} state */
function showState(state) {
  if (state.phase === "ready") models.ready();
  if (state.phase === "ready") meter.changed();
  if (state.phase === "ready" && chat.isAnswering) chat.showWait();
  else if (!chat.isAnswering) showIdle(state.phase);
  if (state.phase === "outdated") showOutdated(state.error);
  // Whoever waited for an answer sees the error there.
  if (state.phase === "stopped" && state.nobodyWaited) showStopped(state.error);
}

/** @param {WorkerError} error */
function showOutdated(error) {
  notice.show({
    text: error.message,
    action: { label: TEXT.reload, act: () => location.reload() },
  });
}

/** @param {WorkerError} error */
function showStopped(error) {
  notice.show({
    text: error.message,
    action: { label: TEXT.retry, act: () => client.retry() },
    details: errorDetails(error),
  });
}

/** @param {boolean} answering in the conversation on screen */
function onAnswering(answering) {
  composer.answering = answering;
  notice.quiet = chat.isBusy;
  if (!answering) showIdle(client.state.phase);
}

/** @param {keyof typeof IDLE} phase */
function showIdle(phase) {
  if (phase === "ready") status.idle(TEXT.ready);
  else status.activity(IDLE[phase]);
}

function onShown() {
  welcome.hidden = !chat.isEmpty;
  conversations.shown();
  settings.shown();
  meter.changed();
  follow.changed();
}

/**
 * @param {import("../protocol").MessageRecord} prompt
 * @param {WorkerError} error
 */
function onTooLong(prompt, error) {
  composer.giveBack(prompt.content, prompt.attachments);
  notice.show({ text: error.message });
}

/** @returns {() => void} brings them back */
function forgetSettings() {
  return forgetAllKept(() => {
    models.choice.readAgain();
    client.hub(hubAddress());
    if (chat.isEmpty) chat.change(settingsForNew());
    settings.refresh();
  });
}

/** @param {readonly string[]} conversations */
async function leave(conversations) {
  await Promise.all(conversations.map((id) => chat.leave(id)));
}

/** @returns {boolean} false while that would break an answer off */
function reload() {
  if (chat.isBusy) return false;
  keepDraft(composer.draft);
  location.reload();
  return true;
}

function startNewChat() {
  composer.focus();
  notice.hide();
  chat.startAnew();
}
