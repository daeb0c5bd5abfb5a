/** Conversations in the groups of the list: pinned, today, yesterday, this week, this month, by month. */

import { HISTORY, monthName } from "./strings_history.js";

/**
 * @typedef {import("../protocol").ConversationRecord} ConversationRecord
 * @typedef {{name: string, conversations: ConversationRecord[]}} Group
 */

/**
 * @param {readonly ConversationRecord[]} conversations newest first
 * @param {Date} now
 * @returns {Group[]} none of them empty
 */
export function inGroups(conversations, now) {
  const groups = Map.groupBy(conversations, (one) =>
    one.pinned ? HISTORY.pinned : groupOf(new Date(one.updated_ms), now),
  );
  const named = [...groups].map(([name, members]) => ({ name, conversations: members }));
  const pinned = named.filter(({ name }) => name === HISTORY.pinned);
  return [...pinned, ...named.filter((group) => !pinned.includes(group))];
}

/**
 * @param {Date} day
 * @param {Date} now
 */
function groupOf(day, now) {
  const days = daysBetween(day, now);
  if (days <= 0) return HISTORY.today;
  if (days === 1) return HISTORY.yesterday;
  if (days < 7) return HISTORY.thisWeek;
  if (days < 30) return HISTORY.thisMonth;
  return monthName(day);
}

/**
 * Whole days of the calendar: one that is 23 or 25 hours long counts as one.
 *
 * @param {Date} day
 * @param {Date} now
 */
function daysBetween(day, now) {
  const [from, to] = [day, now].map((one) =>
    Date.UTC(one.getFullYear(), one.getMonth(), one.getDate()),
  );
  return (Number(to) - Number(from)) / 86_400_000;
}
