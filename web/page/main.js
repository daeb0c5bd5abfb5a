/** The page: puts its parts together. What they do is decided in the worker. */

import { Client } from "../client.js";
import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { dialogIsOpen } from "./dialog.js";
import { button, byId } from "./dom.js";
import { Follow } from "./follow.js";
import { hubAddress } from "./hub_setting.js";
import { ModelsPart } from "./models_part.js";
import { errorDetails } from "./notes.js";
import { Notice } from "./notice.js";
import { SettingsDialog } from "./settings_dialog.js";
import { Status } from "./status.js";
import { STARTERS, TEXT } from "./strings.js";
import { Updates } from "./updates.js";

/** @typedef {import("../protocol").Error} WorkerError */

const IDLE = {
  starting: TEXT.starting,
  ready: TEXT.ready,
  stopped: TEXT.notRunning,
  outdated: TEXT.notRunning,
};
const UNDO_MS = 10_000;
const REST_MS = 5_000;

const log = byId("conversation", HTMLElement);
const welcome = byId("welcome", HTMLElement);
const newChat = byId("new-chat", HTMLButtonElement);

const status = new Status();
const notice = new Notice();
const follow = new Follow();
const client = new Client(hubAddress);
const models = new ModelsPart(client, status, notice);
const around = { client, status, follow, log, choice: models.choice, models: models.store };
const chat = new Chat({ ...around, onAnswering, onTurnsChanged, onTooLong });
const settings = new SettingsDialog(client);
const composer = new Composer({
  send,
  stop: () => chat.stop(),
});
const updates = new Updates(() => notice.offer(newVersionNote));

client.onState = showState;
client.onBootProgress = () => {
  if (chat.isAnswering) chat.showWait();
};
showState(client.state);
setTimeout(keepAppWhenAtRest, REST_MS);
byId("starters", HTMLElement).append(...STARTERS.map(starter));
newChat.addEventListener("click", startNewChat);
byId("settings", HTMLButtonElement).addEventListener("click", () => settings.open());
document.addEventListener("keydown", ({ key, isComposing }) => {
  if (key === "Escape" && !isComposing && !dialogIsOpen()) chat.stop();
});

/** Keeping the app fetches more than starting it does, so it waits until nothing else is going on. */
function keepAppWhenAtRest() {
  const isBusy = client.state.phase === "starting" || chat.isAnswering;
  if (isBusy) setTimeout(keepAppWhenAtRest, REST_MS);
  else updates.keepApp();
}

/** This version saves no conversation, so a reload costs one. */
function newVersionNote() {
  const text = chat.isEmpty ? TEXT.newVersion : TEXT.newVersionEndsChat;
  return { text, action: { label: TEXT.reload, act: () => updates.take() } };
}

/** @param {string} prompt */
function send(prompt) {
  notice.hide();
  chat.send(prompt);
}

/** @param {string} prompt */
function starter(prompt) {
  const press = () => {
    send(prompt);
    composer.focus();
  };
  return button(prompt, press, "starter");
}

/** @param {import("../client.js").ClientState} state */
function showState(state) {
  if (state.phase === "ready") models.ready();
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

/** @param {boolean} answering */
function onAnswering(answering) {
  composer.answering = answering;
  notice.quiet = answering;
  if (!answering) showIdle(client.state.phase);
}

/** @param {keyof typeof IDLE} phase */
function showIdle(phase) {
  if (phase === "ready") status.idle(TEXT.ready);
  else status.activity(IDLE[phase]);
}

function onTurnsChanged() {
  welcome.hidden = !chat.isEmpty;
  follow.changed();
}

/**
 * @param {string} prompt
 * @param {WorkerError} error
 */
function onTooLong(prompt, error) {
  composer.giveBack(prompt);
  notice.show({ text: error.message });
}

async function startNewChat() {
  composer.focus();
  if (chat.isEmpty) return;
  const bringBack = await chat.startAnew();
  notice.show({
    text: TEXT.newChatStarted,
    action: {
      label: TEXT.undo,
      act: () => {
        bringBack();
        composer.focus();
      },
    },
    forMs: UNDO_MS,
  });
}
