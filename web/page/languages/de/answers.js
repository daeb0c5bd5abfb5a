/** How the model answers, what goes with a message, and the words around what an answer holds. */

import { plural } from "../../format.js";

/**
 * @type {Pick<import("../translation").Translation, "ANSWERS" | "ANSWER_SENTENCES" |
 *   "BUILT_IN_PRESETS" | "ATTACHING" | "ATTACHING_SENTENCES" | "RENDERING" | "RENDERING_SENTENCES">}
 */
export const answers = {
  ANSWERS: {
    title: "Antworten",
    forNew: "Für den neuen Chat.",
    forLater: "Neue Chats beginnen mit dem zuletzt Eingestellten.",
    system: "Systemprompt",
    systemHint: "Was dem Modell vor dem Chat gesagt wird. Bleibt es leer, wird nichts gesagt.",

    presets: "Vorlagen",
    savePreset: "Als Vorlage speichern",
    presetName: "Name der Vorlage",
    save: "Speichern",
    cancel: "Abbrechen",
    undo: "Rückgängig",
    rename: "Umbenennen",
    remove: "Löschen",
    replaced: "Der eigene Text wurde ersetzt.",
    nameTaken: "So heißt schon eine andere Vorlage.",
    noName: "Erst einen Namen eingeben.",
    noPresets: "Es gibt keine Vorlagen.",

    names: {
      temperature: "Temperatur",
      top_p: "Top p",
      top_k: "Top k",
      max_tokens: "Höchstens Token",
      seed: "Startwert",
      presence_penalty: "Präsenzstrafe",
      frequency_penalty: "Häufigkeitsstrafe",
    },
    hints: {
      temperature: "Von 0, ganz vorhersehbar, bis 2, ganz wild.",
      top_p: "Über 0, bis 1. Niedriger ist vorsichtiger.",
      top_k: "So viele der wahrscheinlichsten Wörter. Nicht mit WebLLM.",
      max_tokens: "So lang darf eine Antwort höchstens werden.",
      seed: "Leer: jedes Mal ein neuer.",
      presence_penalty: "Von -2 bis 2. Höher: mehr Abwechslung.",
      frequency_penalty: "Von -2 bis 2. Höher: weniger Wiederholung.",
    },
    byDefault: "Vorgabe",
    empty: { seed: "zufällig", top_k: "aus" },

    stop: "Stoppzeichenfolgen",
    stopHint: "Je Zeile eine, höchstens 8. Die Antwort endet vor der ersten davon.",
    reasoning: "Nachdenken",
    reasoningChoices: { default: "Vorgabe des Modells", on: "Ein", off: "Aus" },
    reasoningHint: "Ob das Modell nachdenkt, bevor es antwortet.",
    format: "Format der Antwort",
    formats: { text: "Text", json_object: "JSON", json_schema: "JSON-Schema" },
    schema: "JSON-Schema",
    schemaHint: "Die Antwort hält sich an dieses Schema.",

    reset: "Auf die Vorgaben des Modells zurücksetzen",
    wasReset: "Hier gelten wieder die Vorgaben des Modells. Der Systemprompt bleibt.",
    isDefault: "Hier gelten schon überall die Vorgaben des Modells.",
    resetUndone: "Die Einstellungen sind wieder wie zuvor.",
  },

  ANSWER_SENTENCES: {
    tooManyStops: "Höchstens 8 Stoppzeichenfolgen.",
    noSchema: 'Ein Schema eingeben, zum Beispiel {"type": "object"}.',
    noObject: "Ein Schema ist ein Objekt: Es beginnt mit { und endet mit }.",
    noJson: "Das ist kein JSON.",
    noJsonAt: (line, column) => `Das ist kein JSON. In Zeile ${line}, Spalte ${column} nachsehen.`,
    mustBeNumber: "Hier muss eine Zahl stehen.",
    mustBeWhole: "Hier muss eine ganze Zahl stehen.",
    above: (min, max) => `Der Wert muss über ${min} liegen und darf höchstens ${max} sein.`,
    orMore: (min) => `Der Wert muss mindestens ${min} sein.`,
    between: (min, max) => `Der Wert muss zwischen ${min} und ${max} liegen.`,
    stillInUseDefault: "Es bleibt bei der Vorgabe des Modells.",
    stillInUse: (value) => `Es bleibt bei: ${value}.`,
    forConversation: (title) => `Für den Chat „${title}“.`,
    cannotReason: (model) => `${model} denkt nicht nach.`,
    optionsOfPreset: (name) => `Optionen für die Vorlage ${name}`,
    presetSaved: (name) => `Die Vorlage „${name}“ wurde gespeichert.`,
    presetReplaced: (name) => `Die Vorlage „${name}“ wurde ersetzt.`,
    presetRemoved: (name) => `Die Vorlage „${name}“ wurde gelöscht.`,
    numbered: (name, number) => `${name} (${number})`,
  },

  BUILT_IN_PRESETS: [
    {
      id: "short",
      name: "Kurze Antworten",
      text: "Antworte in ein oder zwei Sätzen. Lass Begrüßung und Schlussworte weg.",
    },
    {
      id: "simple",
      name: "Einfache Worte",
      text: "Erkläre alles in einfachen Worten und kurzen Sätzen, mit einem Beispiel aus dem Alltag.",
    },
    {
      id: "proofreader",
      name: "Korrektur lesen",
      text: "Berichtige Rechtschreibung und Grammatik des Textes, den du bekommst. Ändere sonst nichts und antworte nur mit dem berichtigten Text.",
    },
    {
      id: "programmer",
      name: "Programmieren",
      text: "Du hilfst jemandem mit viel Erfahrung im Programmieren. Antworte auf Deutsch, zuerst mit Code und danach mit einer kurzen Begründung. Sag es, wenn du dir nicht sicher bist.",
    },
  ],

  ATTACHING: {
    attach: "Dateien anhängen",
    files: "Angehängte Dateien",
    choose: "Dateien zum Anhängen",
    goAlong: "Die angehängten Dateien gehen mit.",
    drop: "Textdateien hierher ziehen, um sie anzuhängen.",
    window: "Fenster des Modells",
  },

  ATTACHING_SENTENCES: {
    tokens: (count) => plural(count, { one: "# Token", other: "# Token" }),
    aboutTokens: (count) => plural(count, { one: "etwa # Token", other: "etwa # Token" }),
    removeFile: (name) => `${name} entfernen`,
    fileAttached: (name) => `${name} ist angehängt.`,
    fileRemoved: (name) => `${name} wurde entfernt.`,
    notText: (name) => `${name} ist keine Textdatei. Nur Text kann angehängt werden.`,
    unknownEncoding: (name) =>
      `${name} hat eine alte Zeichenkodierung. Als UTF-8 speichern, dann noch einmal anhängen.`,
    fileTooLarge: (name) => `${name} ist größer als 1 MB. Nur einen Teil anhängen.`,
    fileEmpty: (name) => `${name} ist leer.`,
    fileNotRead: (name) => `${name} konnte nicht gelesen werden. Noch einmal wählen.`,
    othersRefused: (count) =>
      plural(count, {
        one: "Auch eine weitere Datei wurde nicht angenommen.",
        other: "Auch # weitere wurden nicht angenommen.",
      }),
    beginningOf: (shown, all) => `Die ersten ${shown} von ${all} Zeichen.`,
    copyFile: (name) => `${name} kopieren`,
    windowUsed: (used, all) =>
      plural(all, { one: `${used} von # Token`, other: `${used} von # Token` }),
    windowUsedAbout: (used, all) =>
      plural(all, { one: `Etwa ${used} von # Token`, other: `Etwa ${used} von # Token` }),
    messageTooLong: (room) =>
      plural(room, {
        one: "Diese Nachricht ist zu lang: # Token hat Platz. Kürzen oder weniger anhängen.",
        other: "Diese Nachricht ist zu lang: # Token haben Platz. Kürzen oder weniger anhängen.",
      }),
    keptForAnswer: (room) =>
      plural(room, {
        one: "Davon bleibt # Token für die Antwort frei.",
        other: "Davon bleiben # Token für die Antwort frei.",
      }),
    willBeDropped: (count) =>
      plural(count, {
        one: "Die älteste Nachricht wird nicht gelesen.",
        other: "Die # ältesten Nachrichten werden nicht gelesen.",
      }),
  },

  RENDERING: {
    code: "Code",
    plainText: "Text",
    table: "Tabelle",
    formula: "Formel",
    wrap: "Umbruch",
    wrapLines: "Umbruch langer Zeilen",
    download: "Herunterladen",
    downloadCode: "Herunterladen des Codes",
    thinking: "Denkt nach …",
    thought: "Gedanken",
    loadImage: "Bild laden",
    loadingImage: "Lädt …",
    image: "Bild",
    imageFailed:
      "Sein Server gibt es nicht an andere Seiten heraus oder hat nicht geantwortet. Die Adresse darüber öffnet es in einem eigenen Tab.",
    noAddress: "keine Adresse",
    thoughtShortly: "Kurz nachgedacht",
  },

  RENDERING_SENTENCES: {
    thoughtSeconds: (seconds) => `${seconds} s nachgedacht`,
    thoughtMinutes: (minutes, seconds) => `${minutes} min ${seconds} s nachgedacht`,
  },
};
