/** Models: the dialog, how far a download has come, and why one cannot run. */

import { plural } from "../../format.js";

/**
 * @type {Pick<import("../translation").Translation, "MODELS" | "MODEL_SENTENCES" | "PROGRESS" |
 *   "REASONS">}
 */
export const models = {
  MODELS: {
    title: "Modelle",
    bigger: "Größere Modelle antworten besser:",
    here: "Auf diesem Computer",
    recommended: "Für diesen Computer empfohlen",
    catalogue: "Weitere Modelle",
    added: "Selbst hinzugefügt",
    asking: "Die Modelle werden abgefragt …",
    startingPython: "Python startet, dies wartet so lange",
    beginning: "Beginnt",
    stopping: "Hält an",

    inUse: "In Gebrauch",
    use: "Verwenden",
    download: "Herunterladen",
    resume: "Fortsetzen",
    verify: "Prüfen",
    remove: "Entfernen",
    page: "Seite des Modells",
    whyNot: "warum nur dies?",

    another: "Ein anderes Modell",
    modelId: "Modell-ID",
    get: "Holen",
    idHint:
      "Eine ID auf dem Hub wie onnx-community/Qwen3-0.6B-ONNX oder die Adresse der Seite dort.",
    looking: "Sieht nach, was der Hub hat",
    isHere: "schon hier",

    folder: "Ordner wählen",
    folderHint:
      "Der Ordner eines ONNX-Modells auf diesem Computer. Er wird in den Speicher des Browsers kopiert.",
    importing: "Kopiert in den Speicher des Browsers",
    emptyFolder: "In diesem Ordner ist keine Datei. Den Ordner wählen, in dem config.json liegt.",

    storage: "Speicher",
    notKept:
      "Dieser Browser behält für diese Seite nichts, wie es private Fenster tun: Modelle bleiben nur, bis die Seite geschlossen wird.",
    keep: "Daten behalten",
    kept: "Der Browser behält diese Daten, bis sie entfernt werden.",
    agreed: "Der Browser hat zugestimmt: Er behält diese Daten, bis sie entfernt werden.",
    declined:
      "Der Browser hat vorerst abgelehnt: Wird der Datenträger voll, kann er Modelle entfernen. Meist stimmt er zu, wenn eine Seite installiert ist oder oft besucht wird.",
  },

  MODEL_SENTENCES: {
    downloadingModel: (model) => `${model} wird heruntergeladen`,
    verifyingModel: (model) => `${model} wird geprüft`,
    modelIsHere: (model) => `${model} ist jetzt auf diesem Computer.`,
    modelAnswers: (model) => `Ab jetzt antwortet ${model}.`,
    modelIsGone: (model, instead) =>
      `${model} ist hier nicht mehr bekannt. Stattdessen antwortet ${instead}.`,
    removed: (model) => `${model} wurde entfernt.`,
    removedForAnother: (model, instead) => `${model} wurde entfernt. Jetzt antwortet ${instead}.`,
    freed: (bytes) => `${bytes} sind wieder frei.`,

    nameAndSize: (model, bytes) => `${model}, ${bytes}`,
    parameters: (count) => `${count} Parameter`,
    reads: (tokens) => `liest ${tokens} Token`,
    memory: (bytes) => `etwa ${bytes} Arbeitsspeicher`,
    inAll: (bytes) => `${bytes} insgesamt`,
    loaded: "geladen",
    withApp: "gehört zur App",
    onDisk: (bytes) => `${bytes} belegt`,
    areHere: (bytes) => `${bytes} sind hier`,
    toDownload: (bytes) => `${bytes} herunterzuladen`,
    sizeNotKnown: "Größe noch nicht bekannt",
    about: (bytes) => `etwa ${bytes}`,

    foundBuilds: (repository, count) =>
      plural(count, {
        one: `${repository}: # Variante gefunden.`,
        other: `${repository}: # Varianten gefunden.`,
      }),
    whole: (files) =>
      plural(files, {
        one: "Die einzige Datei ist unversehrt.",
        other: "Alle # Dateien sind unversehrt.",
      }),
    repaired: (files, names) =>
      plural(files, {
        one: `# Datei war beschädigt und wurde neu geholt: ${names}.`,
        other: `# Dateien waren beschädigt und wurden neu geholt: ${names}.`,
      }),
    modelsTake: (bytes) => `Modelle belegen ${bytes}.`,
    siteUses: (used, quota) => `Diese Seite nutzt ${used} von ${quota}, die der Browser erlaubt.`,
  },

  PROGRESS: {
    phases: {
      "starting-python": "Python startet, die Nachricht wartet so lange",
      checking: "Prüft, was gebraucht wird",
      waiting: "Ein anderer Tab lädt dieses Modell herunter",
      downloading: "Lädt herunter:",
      verifying: "Prüft:",
      loading: "Lädt in den Arbeitsspeicher",
      compiling: "Übersetzt für diesen Computer",
      "warming-up": "Läuft warm",
    },
    of: (part, whole) => `${part} von ${whole}`,
    noDataFor: (time) => `seit ${time} keine Daten`,
    left: (time) => `noch ${time}`,
    seconds: (count) => `${count} s`,
    minutes: (count) => `${count} min`,
    hours: (count) => `${count} h`,
  },

  REASONS: {
    noWebGpu: () => "Dieser Browser bietet kein WebGPU.",
    noAdapter: () => "WebGPU hat auf diesem Computer keine brauchbare Grafikkarte gefunden.",
    needs16Bit: () => "Es braucht eine GPU mit 16-Bit-Fließkommazahlen (shader-f16 von WebGPU).",
    needsBuffers: (most) =>
      `Es braucht eine GPU mit größeren Puffern: Diese fasst höchstens ${most} GB in einem.`,
    needsMemory: (needed, has) =>
      `Es braucht ${needed} GB Arbeitsspeicher, und dieser Computer hat ${has} GB.`,
    needsStorage: (needed, left) =>
      `Es braucht ${needed} GB Speicher, und ${left} GB sind noch frei.`,
    noRung: () => "Keine seiner Varianten läuft auf diesem Computer.",
    noBuildForGpu: (model) => `${model} hat keine Variante für transformers.js auf der GPU.`,
    noBuildForCpu: (model) => `${model} hat keine Variante für transformers.js auf der CPU.`,
    noBuildFor: (model, engine) => `${model} hat keine Variante für ${engine}.`,
    leftOutTools: (count) =>
      plural(Number(count), {
        one: "# Nachricht von oder an ein Werkzeug wurde weggelassen.",
        other: "# Nachrichten von oder an Werkzeuge wurden weggelassen.",
      }),
    leftOutInstructions: (count) =>
      plural(Number(count), {
        one: "# Anweisung der anderen App wurde weggelassen.",
        other: "# Anweisungen der anderen App wurden weggelassen.",
      }),
    leftOutThinking: (count) =>
      plural(Number(count), {
        one: "# Notiz aus dem Nachdenken des Modells wurde weggelassen.",
        other: "# Notizen aus dem Nachdenken des Modells wurden weggelassen.",
      }),
    leftOutUnreadable: (count) =>
      plural(Number(count), {
        one: "# Nachricht war nicht lesbar und wurde weggelassen.",
        other: "# Nachrichten waren nicht lesbar und wurden weggelassen.",
      }),
    onlyNamed: (count) =>
      plural(Number(count), {
        one: "# Bild, Aufnahme oder Datei ist nur genannt: Der Export enthält sie nicht.",
        other: "# Bilder, Aufnahmen oder Dateien sind nur genannt: Der Export enthält sie nicht.",
      }),
    schemaAt: (place) => `Das JSON-Schema ist so nicht verwendbar. Die Stelle „${place}“ ändern.`,
    jsonCutOff: () =>
      "Die Antwort war zu Ende, bevor ihr JSON vollständig war. Eine längere Antwort erlauben oder weniger verlangen.",
    leftOutEmpty: (count) =>
      plural(Number(count), {
        one: "# Chat ohne Nachricht wurde weggelassen.",
        other: "# Chats ohne Nachricht wurden weggelassen.",
      }),
  },
};
