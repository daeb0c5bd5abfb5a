/**
 * One conversation as Markdown, for people: the way through it that is shown, with its attachments.
 * Figures and other branches are not in it; a line says where there are other versions.
 */

import { path, versionsOf } from "./tree.js";

/**
 * @typedef {import("../protocol").ArchivedConversation} ArchivedConversation
 * @typedef {import("../protocol").MessageRecord} MessageRecord
 *
 * @typedef {object} Words
 * @property {string} you
 * @property {string} model of an answer whose author is not known
 * @property {string} untitled
 * @property {(count: number) => string} otherVersions
 */

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/**
 * @param {ArchivedConversation} archived
 * @param {Words} words
 * @returns {string}
 */
export function markdownOf({ conversation, messages }, words) {
  const title = oneLine(conversation.title) || words.untitled;
  const shown = path(messages, conversation.leaf);
  const parts = shown.map((message) => {
    const others = versionsOf(messages, message.id).length - 1;
    return section(message, others, words);
  });
  return `${[`# ${title}`, ...parts].join("\n\n")}\n`;
}

/**
 * A name that every file system takes.
 *
 * @param {string} title
 */
export function markdownName(title) {
  const allowed = title.replace(/[\\/:*?"<>|\p{Cc}\p{Cs}\p{Cf}]+/gu, " ");
  const name = oneLine(allowed)
    .replace(/^[. ]+/, "")
    .slice(0, 80)
    .replace(/[. \p{Cs}]+$/u, "");
  return `${name || "conversation"}.md`;
}

/**
 * @param {MessageRecord} message
 * @param {number} others
 * @param {Words} words
 */
function section({ role, author, content, attachments }, others, words) {
  const who = role === "user" ? words.you : oneLine(author) || words.model;
  const files = attachments.map(
    ({ name, text }) => `**${oneLine(name)}**\n\n${fenced(name, text)}`,
  );
  const note = others > 0 ? [`*${words.otherVersions(others)}*`] : [];
  const parts = [`## ${who}`, withClosedFence(content.trimEnd()), ...files, ...note];
  return parts.filter(Boolean).join("\n\n");
}

/** @param {string} text */
const oneLine = (text) => text.replace(/\s+/g, " ").trim();

/**
 * In a fence that is longer than any inside.
 *
 * @param {string} name
 * @param {string} text
 */
function fenced(name, text) {
  const runs = [...text.matchAll(/`{3,}/g)].map(([run]) => run.length);
  const fence = "`".repeat(runs.reduce((most, length) => Math.max(most, length + 1), 3));
  const language = /\.([a-z0-9]{1,12})$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  return `${fence}${language}\n${text}${text.endsWith("\n") ? "" : "\n"}${fence}`;
}

/**
 * An answer that broke off in its code would take all that follows into it.
 *
 * @param {string} text
 */
function withClosedFence(text) {
  let open = "";
  for (const line of text.split("\n")) {
    const [, fence = "", rest = ""] = FENCE.exec(line) ?? [];
    if (!fence) continue;
    if (!open) open = fence.startsWith("`") && rest.includes("`") ? "" : fence;
    else if (fence.startsWith(open) && rest.trim() === "") open = "";
  }
  return open ? `${text}\n${open}` : text;
}
