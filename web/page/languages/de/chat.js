/** The conversation, the list of conversations and the page around them. */

import { plural } from "../../format.js";

/**
 * @type {Pick<import("../translation").Translation, "TEXT" | "CHAT_SENTENCES" | "HISTORY" |
 *   "HISTORY_SENTENCES" | "MESSAGE" | "MESSAGE_SENTENCES" | "PAGE" | "SHORTCUTS">}
 */
export const chat = {
  TEXT: {
    you: "Ich",

    starting: "startet",
    ready: "bereit",
    notRunning: "läuft nicht",
    waitingForPython: "Python startet",
    loading: "lädt",
    answering: "antwortet",
    stopping: "hält an",

    waitsInLine: "Python startet, die Nachricht wartet so lange",
    reading: "Liest die Nachricht …",
    stopped: "Diese Antwort wurde angehalten.",
    stoppedBeforeText: "Angehalten, bevor die Antwort begann.",
    cutOff: "Die Antwort hat ihre größte Länge erreicht.",
    noText: "Das Modell hat ohne Text geantwortet.",

    send: "Senden",
    stop: "Anhalten",
    cancel: "Abbrechen",
    retry: "Noch einmal",
    askForAccess: "Zugang anfragen",
    askAgain: "Noch einmal fragen",
    reload: "Neu laden",
    undo: "Rückgängig",
    dismiss: "Ausblenden",
    details: "Einzelheiten",
    why: "warum?",
    copy: "Kopieren",
    copied: "Kopiert",
    copyFailed: "Nicht kopiert",
    copyAnswer: "Antwort kopieren",
    copyCode: "Code kopieren",
    copyDetails: "Einzelheiten kopieren",

    close: "Schließen",
    newVersion: "Eine neue Version von localm liegt bereit.",
  },

  CHAT_SENTENCES: {
    loadingModel: (model) => `${model} wird geladen`,
    useModel: (model) => `${model} verwenden`,
    droppedMessages: (count) =>
      plural(count, {
        one: "Die älteste Nachricht passt nicht mehr ins Fenster des Modells und wurde weggelassen.",
        other:
          "Die # ältesten Nachrichten passen nicht mehr ins Fenster des Modells und wurden weggelassen.",
      }),

    noWebGpu: "WebGPU war nicht verfügbar, die Antwort kommt von der CPU",
    startsAgain: (engine) => `${engine} ist ausgefallen, die Antwort beginnt neu`,
    anotherTakesOver: (engine) =>
      `${engine} konnte das Modell nicht ausführen, eine andere Engine übernimmt`,
    toDownloadFirst: (line, bytes) => `${line} (erst sind ${bytes} herunterzuladen)`,
    stoppedAndAnswered: (failed, next, device) =>
      `${failed} ist ausgefallen, ${next} hat auf der ${device} geantwortet`,
    couldNotAndAnswered: (failed, next, device) =>
      `${failed} konnte das Modell nicht ausführen, ${next} hat auf der ${device} geantwortet`,

    pageFailed:
      "Die Seite konnte diese Antwort nicht anzeigen. Noch einmal versuchen; wenn es dabei bleibt, die Seite neu laden.",

    tokens: (count) => plural(count, { one: "# Token", other: "# Token" }),
    tokensPerSecond: (count) => `${count} Token/s`,
    firstText: (seconds) => `erster Text nach ${seconds} s`,
  },

  HISTORY: {
    title: "Chats",
    show: "Chats einblenden",
    hide: "Chats ausblenden",
    search: "Chats durchsuchen",
    none: "Hier stehen später die Chats. Sie bleiben in diesem Browser.",
    nothingFound: "Nichts gefunden.",
    results: "Suchergebnisse",
    pinned: "Angeheftet",
    today: "Heute",
    yesterday: "Gestern",
    thisWeek: "Letzte 7 Tage",
    thisMonth: "Letzte 30 Tage",
    untitled: "Ohne Titel",
    rename: "Umbenennen",
    newTitle: "Titel",
    pin: "Anheften",
    unpin: "Lösen",
    asMarkdown: "Als Markdown speichern",
    remove: "Löschen",
    removed: "Der Chat wurde gelöscht.",
    isGone: "Diesen Chat gibt es hier nicht mehr.",
    notKept:
      "Dieser Chat konnte nicht im Browser gespeichert werden. Vor dem Schließen der Seite exportieren.",
    noRoom:
      "Der Speicher des Browsers ist voll, deshalb ist dieser Chat nicht gespeichert. Ein Modell entfernen oder alte Chats löschen.",
    refused:
      "Dieser Browser speichert hier keine Chats (ein privates Fenster?). Beim Schließen der Seite gehen sie verloren.",
    lost: "Der Speicher des Browsers wurde geleert; bis die Seite neu geladen ist, wird nichts gespeichert. Was zu sehen ist, bleibt stehen.",
    newer:
      "Die Chats wurden von einer neueren Version von localm gespeichert. Die Seite neu laden, um sie zu erhalten; bis dahin wird nichts gespeichert.",
    broken:
      "Die gespeicherten Chats lassen sich nicht öffnen. Die Seite neu laden; wenn das nicht hilft, ohne sie neu beginnen.",
    reset: "Neu beginnen",
  },

  HISTORY_SENTENCES: {
    optionsFor: (title) => `Optionen für ${title}`,
    found: (count) => plural(count, { one: "# Chat", other: "# Chats" }),
    otherVersions: (count) =>
      plural(count, {
        one: "Eine andere Fassung fehlt in dieser Datei.",
        other: "# andere Fassungen fehlen in dieser Datei.",
      }),
  },

  MESSAGE: {
    versions: "Fassungen",
    older: "Ältere Fassung",
    newer: "Neuere Fassung",
    copyPrompt: "Nachricht kopieren",
    copyText: "Als Text kopieren",
    asText: "Als Text",
    edit: "Bearbeiten",
    editing: "Nachricht bearbeiten",
    saveEdit: "Senden",
    edited: "Der frühere Wortlaut bleibt als eigene Fassung erhalten.",
    regenerate: "Neu antworten lassen",
    goOn: "Fortsetzen",
    remove: "Löschen",
    interrupted: "Diese Antwort wurde unterbrochen.",
    elsewhere: "Ein anderer Tab schreibt diese Antwort.",
    earlier: "Frühere Nachrichten zeigen",
    waits: "Zuerst wird ein anderer Chat beantwortet",
  },

  MESSAGE_SENTENCES: {
    deletedTurns: (turns) =>
      plural(turns, {
        one: "Frage und Antwort wurden gelöscht.",
        other: "# Fragen mit ihren Antworten wurden gelöscht.",
      }),
  },

  PAGE: {
    conversations: "Chats",
    showConversations: "Chats einblenden",
    models: "Modelle",
    settings: "Einstellungen",
    newChat: "Neuer Chat",
    starting: "startet",
    conversation: "Chat",
    welcome: "Willkommen",
    promise: "Läuft auf diesem Computer. Keine Eingabe verlässt ihn.",
    starters: "Fragen zum Anfangen",
    startersNote:
      "Guide, das eingebaute kleine Modell, versteht nur Englisch; Qwen3 kann auch Deutsch.",
    latest: "Zum Ende",
    newMessage: "Neue Nachricht",
    message: "Nachricht",
    writeMessage: "Nachricht schreiben",
    attach: "Dateien anhängen",
    send: "Senden",
    stop: "Anhalten",
    stopByKey: "Anhalten (Esc)",
  },

  SHORTCUTS: {
    title: "Tastenkürzel",
    list: "Diese Liste zeigen",
    send: "Nachricht senden",
    line: "Neue Zeile beginnen",
    stop: "Antwort anhalten",
    newChat: "Neuer Chat",
    search: "Chats durchsuchen",
    side: "Chats ein- oder ausblenden",
    message: "Nachricht schreiben",
    ctrl: "Strg",
    shift: "Umschalt",
    keys: { enter: "Eingabe", escape: "Esc" },
  },
};
