/** How the model answers, what goes with a message, and the words around what an answer holds. */

import { plural } from "../../format.js";

/**
 * @type {Pick<import("../translation").Translation, "ANSWERS" | "ANSWER_SENTENCES" |
 *   "BUILT_IN_PRESETS" | "ATTACHING" | "ATTACHING_SENTENCES" | "RENDERING" | "RENDERING_SENTENCES">}
 */
export const answers = {
  ANSWERS: {
    title: "Respuestas",
    forNew: "Para la conversación nueva.",
    forLater: "Las nuevas empiezan con lo último que se ajustó.",
    system: "Instrucciones del sistema",
    systemHint: "Lo que se le dice al modelo antes de la conversación. Vacío: no se le dice nada.",

    presets: "Plantillas",
    savePreset: "Guardar como plantilla",
    presetName: "Nombre de la plantilla",
    save: "Guardar",
    cancel: "Cancelar",
    undo: "Deshacer",
    rename: "Cambiar el nombre",
    remove: "Eliminar",
    replaced: "Se ha reemplazado tu texto.",
    nameTaken: "Otra plantilla ya tiene ese nombre.",
    noName: "Escribe antes un nombre.",
    noPresets: "No hay plantillas.",

    names: {
      temperature: "Temperatura",
      top_p: "Top p",
      top_k: "Top k",
      max_tokens: "Máximo de tokens",
      seed: "Semilla",
      presence_penalty: "Penalización de presencia",
      frequency_penalty: "Penalización de frecuencia",
    },
    hints: {
      temperature: "De 0, lo más previsible, a 2, lo más disparatado.",
      top_p: "Más de 0, hasta 1. Más bajo es más prudente.",
      top_k: "Cuántas de las palabras más probables. No en WebLLM.",
      max_tokens: "Lo más larga que puede ser una respuesta.",
      seed: "Vacío: una nueva cada vez.",
      presence_penalty: "De -2 a 2. Más alta: más variedad.",
      frequency_penalty: "De -2 a 2. Más alta: menos repeticiones.",
    },
    byDefault: "predeterminado",
    empty: { seed: "aleatoria", top_k: "desactivado" },

    stop: "Cadenas de parada",
    stopHint:
      "Una por línea, 8 como máximo. La respuesta termina antes de la primera que aparezca.",
    reasoning: "Razonamiento",
    reasoningChoices: { default: "Como lo trae el modelo", on: "Activado", off: "Desactivado" },
    reasoningHint: "Si el modelo piensa antes de responder.",
    format: "Formato de la respuesta",
    formats: { text: "Texto", json_object: "JSON", json_schema: "Esquema JSON" },
    schema: "Esquema JSON",
    schemaHint: "La respuesta sigue este esquema.",

    reset: "Restablecer los valores del modelo",
    wasReset:
      "Todo vuelve a tener los valores predeterminados del modelo. Las instrucciones del sistema se conservan.",
    isDefault: "Todo tiene ya los valores predeterminados del modelo.",
    resetUndone: "Los ajustes están como antes.",
  },

  ANSWER_SENTENCES: {
    tooManyStops: "Como máximo, 8 cadenas de parada.",
    noSchema: 'Escribe un esquema, por ejemplo {"type": "object"}.',
    noObject: "Un esquema es un objeto: empieza con { y termina con }.",
    noJson: "Esto no es JSON.",
    noJsonAt: (line, column) => `Esto no es JSON. Mira la línea ${line}, columna ${column}.`,
    mustBeNumber: "Tiene que ser un número.",
    mustBeWhole: "Tiene que ser un número entero.",
    above: (min, max) => `Tiene que ser mayor que ${min} y, como máximo, ${max}.`,
    orMore: (min) => `Tiene que ser ${min} o más.`,
    between: (min, max) => `Tiene que estar entre ${min} y ${max}.`,
    stillInUseDefault: "Sigue en uso el valor predeterminado del modelo.",
    stillInUse: (value) => `Sigue en uso: ${value}.`,
    forConversation: (title) => `Para la conversación «${title}».`,
    cannotReason: (model) => `${model} no razona.`,
    optionsOfPreset: (name) => `Opciones de la plantilla ${name}`,
    presetSaved: (name) => `Se ha guardado la plantilla «${name}».`,
    presetReplaced: (name) => `Se ha reemplazado la plantilla «${name}».`,
    presetRemoved: (name) => `Se ha eliminado la plantilla «${name}».`,
    numbered: (name, number) => `${name} (${number})`,
  },

  BUILT_IN_PRESETS: [
    {
      id: "short",
      name: "Respuestas cortas",
      text: "Responde en una o dos frases. Omite saludos y despedidas.",
    },
    {
      id: "simple",
      name: "Palabras sencillas",
      text: "Explica las cosas con palabras sencillas y frases cortas, y con un ejemplo de la vida diaria.",
    },
    {
      id: "proofreader",
      name: "Corrección de textos",
      text: "Corrige la ortografía y la gramática del texto que recibas. No cambies nada más y responde solo con el texto corregido.",
    },
    {
      id: "programmer",
      name: "Programación",
      text: "Ayudas a una persona con experiencia en programación. Responde en español, primero con código y después con una breve explicación. Dilo cuando no estés seguro.",
    },
  ],

  ATTACHING: {
    attach: "Adjuntar archivos",
    files: "Archivos adjuntos",
    choose: "Archivos para adjuntar",
    goAlong: "Los archivos adjuntos van con el mensaje.",
    drop: "Suelta aquí archivos de texto para adjuntarlos.",
    window: "Ventana del modelo",
  },

  ATTACHING_SENTENCES: {
    tokens: (count) => plural(count, { one: "# token", other: "# tokens" }),
    aboutTokens: (count) => plural(count, { one: "cerca de # token", other: "unos # tokens" }),
    removeFile: (name) => `Quitar ${name}`,
    fileAttached: (name) => `Se ha adjuntado ${name}.`,
    fileRemoved: (name) => `Se ha quitado ${name}.`,
    notText: (name) => `${name} no es un archivo de texto. Solo se puede adjuntar texto.`,
    unknownEncoding: (name) =>
      `${name} tiene una codificación antigua. Guárdalo como UTF-8 y adjúntalo de nuevo.`,
    fileTooLarge: (name) => `${name} ocupa más de 1 MB. Adjunta solo una parte.`,
    fileEmpty: (name) => `${name} está vacío.`,
    fileNotRead: (name) => `No se ha podido leer ${name}. Elígelo de nuevo.`,
    othersRefused: (count) =>
      plural(count, {
        one: "Tampoco se ha aceptado otro archivo más.",
        other: "Tampoco se han aceptado otros #.",
      }),
    beginningOf: (shown, all) => `Los primeros ${shown} de ${all} caracteres.`,
    copyFile: (name) => `Copiar ${name}`,
    windowUsed: (used, all) =>
      plural(all, { one: `${used} de # token`, other: `${used} de # tokens` }),
    windowUsedAbout: (used, all) =>
      plural(all, { one: `Unos ${used} de # token`, other: `Unos ${used} de # tokens` }),
    messageTooLong: (room) =>
      plural(room, {
        one: "Este mensaje es demasiado largo: cabe # token. Acórtalo o adjunta menos.",
        other: "Este mensaje es demasiado largo: caben # tokens. Acórtalo o adjunta menos.",
      }),
    keptForAnswer: (room) =>
      plural(room, {
        one: "De ellos, # token se reserva para la respuesta.",
        other: "De ellos, # tokens se reservan para la respuesta.",
      }),
    willBeDropped: (count) =>
      plural(count, {
        one: "El mensaje más antiguo no se leerá.",
        other: "Los # mensajes más antiguos no se leerán.",
      }),
  },

  RENDERING: {
    code: "Código",
    plainText: "Texto",
    table: "Tabla",
    formula: "Fórmula",
    wrap: "Ajustar",
    wrapLines: "Ajustar las líneas largas",
    download: "Descargar",
    downloadCode: "Descargar el código",
    thinking: "Pensando…",
    thought: "Reflexión",
    loadImage: "Cargar la imagen",
    loadingImage: "Cargando…",
    image: "Imagen",
    imageFailed:
      "Su servidor no la entrega a otras páginas o no ha respondido. La dirección de arriba la abre en otra pestaña.",
    noAddress: "sin dirección",
    thoughtShortly: "Ha pensado un momento",
  },

  RENDERING_SENTENCES: {
    thoughtSeconds: (seconds) => `Ha pensado ${seconds} s`,
    thoughtMinutes: (minutes, seconds) => `Ha pensado ${minutes} min ${seconds} s`,
  },
};
