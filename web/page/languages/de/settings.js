/** The settings, with export, import and deletion. */

import { plural } from "../../format.js";

/**
 * @type {Pick<import("../translation").Translation, "SETTINGS" | "SETTINGS_SENTENCES" | "DATA" |
 *   "DATA_SENTENCES">}
 */
export const settings = {
  SETTINGS: {
    title: "Einstellungen",
    theme: "Farben",
    themes: { system: "Wie das System", light: "Hell", dark: "Dunkel" },

    sendWith: "Senden mit",
    language: "Sprache",
    asBrowser: "Wie der Browser",
    afterReload: "Die Seite wechselt die Sprache, wenn sie neu geladen wird.",
    reloadNow: "Jetzt neu laden",
    answerFirst: "Gerade wird eine Antwort geschrieben. Danach neu laden.",

    models: "Woher Modelle kommen",
    hubAddress: "Adresse des Hubs",
    hubHint:
      "Eine URL, danach weitere Rechner, von denen er Dateien schickt, durch Leerzeichen getrennt. Leer heißt: die Vorgabe.",
    save: "Speichern",
    useDefault: "Vorgabe verwenden",
    saving: "Die Adresse wird geprüft …",
    mirror: "Modelle, die dieser Server hat, kommen von ihm; alle anderen vom Hub.",

    data: "Eigene Daten",
  },

  SETTINGS_SENTENCES: {
    defaultHub: (address) => `Die Vorgabe ist ${address}.`,
    hubInUse: (address) => `Modelle kommen von ${address}.`,
    addressStays: (address) => `Es bleibt bei ${address}.`,
    defaultStays: "Es bleibt bei der Vorgabe.",
  },

  DATA: {
    about: "Chats, Einstellungen und Modelle liegen in diesem Browser und nirgends sonst.",
    aboutImport:
      "Gelesen werden Exporte von localm, ChatGPT (conversations.json) und WebLLM Chat; eine Datei kann auch hierher gezogen werden.",
    export: "Exportieren",
    import: "Importieren",
    importFiles: "Dateien zum Importieren",
    chooseAnother: "Andere Datei wählen",
    reading: "Die Datei wird gelesen …",
    readingFiles: "Die Dateien werden gelesen …",
    starting: "Erst startet Python …",
    undo: "Rückgängig",
    importUndone: "Der Import wurde rückgängig gemacht.",
    nothingExported: "Es gibt noch nichts zu exportieren.",
    tooLarge: "Diese Datei ist größer als 200 MB. Bitte in Teilen importieren.",
    notRead: "Der Browser konnte diese Datei nicht lesen. Bitte noch einmal wählen.",
    notStored: "Die Chats konnten hier nicht gespeichert werden; keiner wurde importiert.",
    noRoom:
      "Der Speicher des Browsers ist voll, nichts wurde importiert. Ein Modell entfernen oder alte Chats löschen, dann noch einmal versuchen.",
    notUndone: "Das ließ sich nicht rückgängig machen.",
    notDeleted: "Die Chats konnten nicht gelöscht werden.",

    deleteEverything: "Alles löschen",
    deleteQuestion: "Alles löschen?",
    presetsAndSettings: "Vorlagen und Einstellungen",
    modelsStay: "Modelle bleiben.",
    delete: "Löschen",
    cancel: "Abbrechen",
    deleted: "Alles Genannte wurde gelöscht.",
    deletionUndone: "Alles ist wieder da.",
  },

  DATA_SENTENCES: {
    noneIn: (app) => `In diesem Export von ${app} sind keine Chats.`,
    foundIn: (count, app) =>
      plural(count, { one: `# Chat aus ${app}.`, other: `# Chats aus ${app}.` }),
    importedFrom: (count, app) =>
      plural(count, {
        one: `# Chat aus ${app} wurde importiert.`,
        other: `# Chats aus ${app} wurden importiert.`,
      }),
    allAreHere: "Alle sind schon hier.",
    imported: (count) =>
      plural(count, { one: "# wurde importiert.", other: "# wurden importiert." }),
    areHere: (count) => plural(count, { one: "# ist schon hier.", other: "# sind schon hier." }),
    presetsImported: (count) =>
      plural(count, {
        one: "# Vorlage wurde importiert.",
        other: "# Vorlagen wurden importiert.",
      }),
    exported: (name, count) =>
      plural(count, {
        one: `${name} wurde gespeichert, mit # Chat.`,
        other: `${name} wurde gespeichert, mit # Chats.`,
      }),
    conversationsGo: (count) => plural(count, { one: "# Chat", other: "Alle # Chats" }),
    alsoModels: (count, bytes) =>
      plural(count, {
        one: `Auch das heruntergeladene Modell (${bytes})`,
        other: `Auch die # heruntergeladenen Modelle (${bytes})`,
      }),
  },
};
