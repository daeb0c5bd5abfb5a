/** The words of index.html. English stands there already, for a start without JavaScript. */

import { translated } from "./translated.js";

export const PAGE = translated("PAGE", {
  conversations: "Conversations",
  showConversations: "Show conversations",
  models: "Models",
  settings: "Settings",
  newChat: "New chat",
  starting: "starting",
  conversation: "Conversation",
  welcome: "Welcome",
  promise: "Runs on this computer. Nothing you type leaves it.",
  starters: "Things to ask",
  // Other languages say here that the embedded model speaks English.
  startersNote: "",
  latest: "Latest",
  newMessage: "New message",
  message: "Message",
  writeMessage: "Write a message",
  attach: "Attach files",
  send: "Send",
  stop: "Stop",
  stopByKey: "Stop (Escape)",
});
