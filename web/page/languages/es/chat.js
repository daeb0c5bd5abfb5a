/** The conversation, the list of conversations and the page around them. */

import { plural } from "../../format.js";

/**
 * @type {Pick<import("../translation").Translation, "TEXT" | "CHAT_SENTENCES" | "HISTORY" |
 *   "HISTORY_SENTENCES" | "MESSAGE" | "MESSAGE_SENTENCES" | "PAGE" | "SHORTCUTS">}
 */
export const chat = {
  TEXT: {
    you: "Tú",

    starting: "iniciando",
    ready: "listo",
    notRunning: "detenido",
    waitingForPython: "iniciando Python",
    loading: "cargando",
    answering: "respondiendo",
    stopping: "deteniendo",

    waitsInLine: "Python se está iniciando; tu mensaje espera su turno",
    reading: "Leyendo tu mensaje…",
    stopped: "Has detenido esta respuesta.",
    stoppedBeforeText: "Detenida antes de que empezara la respuesta.",
    cutOff: "La respuesta ha llegado a su longitud máxima.",
    noText: "El modelo ha respondido sin texto.",

    send: "Enviar",
    stop: "Detener",
    cancel: "Cancelar",
    retry: "Reintentar",
    askForAccess: "Solicitar acceso",
    askAgain: "Preguntar de nuevo",
    reload: "Recargar",
    undo: "Deshacer",
    dismiss: "Descartar",
    details: "Detalles",
    why: "¿por qué?",
    copy: "Copiar",
    copied: "Copiado",
    copyFailed: "No copiado",
    copyAnswer: "Copiar la respuesta",
    copyCode: "Copiar el código",
    copyDetails: "Copiar los detalles",

    close: "Cerrar",
    newVersion: "Hay una nueva versión de localm.",
  },

  CHAT_SENTENCES: {
    loadingModel: (model) => `Cargando ${model}`,
    useModel: (model) => `Usar ${model}`,
    droppedMessages: (count) =>
      plural(count, {
        one: "El mensaje más antiguo ya no cabe en la ventana del modelo y se ha omitido.",
        other: "Los # mensajes más antiguos ya no caben en la ventana del modelo y se han omitido.",
      }),

    noWebGpu: "WebGPU no estaba disponible; responde la CPU",
    startsAgain: (engine) => `${engine} ha fallado; la respuesta empieza de nuevo`,
    anotherTakesOver: (engine) => `${engine} no ha podido ejecutar el modelo; sigue otro motor`,
    toDownloadFirst: (line, bytes) => `${line} (antes hay que descargar ${bytes})`,
    stoppedAndAnswered: (failed, next, device) =>
      `${failed} ha fallado; ${next} ha respondido en la ${device}`,
    couldNotAndAnswered: (failed, next, device) =>
      `${failed} no ha podido ejecutar el modelo; ${next} ha respondido en la ${device}`,

    pageFailed:
      "La página no ha podido mostrar esta respuesta. Inténtalo de nuevo; si continúa, recarga la página.",

    tokens: (count) => plural(count, { one: "# token", other: "# tokens" }),
    tokensPerSecond: (count) => `${count} tokens/s`,
    firstText: (seconds) => `primer texto a los ${seconds} s`,
  },

  HISTORY: {
    title: "Conversaciones",
    show: "Mostrar las conversaciones",
    hide: "Ocultar las conversaciones",
    search: "Buscar conversaciones",
    none: "Aquí aparecerán tus conversaciones. Se quedan en este navegador.",
    nothingFound: "No se ha encontrado nada.",
    results: "Resultados de la búsqueda",
    pinned: "Fijadas",
    today: "Hoy",
    yesterday: "Ayer",
    thisWeek: "Últimos 7 días",
    thisMonth: "Últimos 30 días",
    untitled: "Sin título",
    rename: "Cambiar el nombre",
    newTitle: "Título",
    pin: "Fijar",
    unpin: "Dejar de fijar",
    asMarkdown: "Guardar como Markdown",
    remove: "Eliminar",
    removed: "Se ha eliminado la conversación.",
    isGone: "Esa conversación ya no está aquí.",
    notKept:
      "Esta conversación no se ha podido guardar en el navegador. Expórtala antes de cerrar la página.",
    noRoom:
      "El almacenamiento del navegador está lleno, así que esta conversación no se ha guardado. Quita un modelo o elimina conversaciones antiguas.",
    refused:
      "Este navegador no guarda aquí conversaciones (¿una ventana privada?). Desaparecen al cerrar la página.",
    lost: "Se ha vaciado el almacenamiento del navegador, así que no se guarda nada hasta que recargues la página. Lo que está en pantalla sigue ahí.",
    newer:
      "Tus conversaciones se guardaron con una versión más nueva de localm. Recarga la página para obtenerla; hasta entonces no se guarda nada.",
    broken:
      "No se pueden abrir las conversaciones guardadas. Recarga la página; si no sirve, empieza de cero sin ellas.",
    reset: "Empezar de cero",
  },

  HISTORY_SENTENCES: {
    optionsFor: (title) => `Opciones de ${title}`,
    found: (count) => plural(count, { one: "# conversación", other: "# conversaciones" }),
    otherVersions: (count) =>
      plural(count, {
        one: "Hay otra versión que no está en este archivo.",
        other: "Hay otras # versiones que no están en este archivo.",
      }),
  },

  MESSAGE: {
    versions: "Versiones",
    older: "Versión anterior",
    newer: "Versión siguiente",
    copyPrompt: "Copiar el mensaje",
    copyText: "Copiar como texto",
    asText: "Como texto",
    edit: "Editar",
    editing: "Editar el mensaje",
    saveEdit: "Enviar",
    edited: "Lo que escribiste antes se conserva como otra versión.",
    regenerate: "Responder de nuevo",
    goOn: "Continuar",
    remove: "Eliminar",
    interrupted: "Esta respuesta se ha interrumpido.",
    elsewhere: "Otra pestaña escribe esta respuesta.",
    earlier: "Mostrar mensajes anteriores",
    waits: "Antes se responde otra conversación",
  },

  MESSAGE_SENTENCES: {
    deletedTurns: (turns) =>
      plural(turns, {
        one: "Se han eliminado la pregunta y su respuesta.",
        other: "Se han eliminado # preguntas con sus respuestas.",
      }),
  },

  PAGE: {
    conversations: "Conversaciones",
    showConversations: "Mostrar las conversaciones",
    models: "Modelos",
    settings: "Ajustes",
    newChat: "Nueva conversación",
    starting: "iniciando",
    conversation: "Conversación",
    welcome: "Bienvenida",
    promise: "Funciona en este equipo. Nada de lo que escribes sale de él.",
    starters: "Preguntas para empezar",
    startersNote:
      "Guide, el pequeño modelo incluido, solo entiende inglés; Qwen3 también habla español.",
    latest: "Al final",
    newMessage: "Mensaje nuevo",
    message: "Mensaje",
    writeMessage: "Escribe un mensaje",
    attach: "Adjuntar archivos",
    send: "Enviar",
    stop: "Detener",
    stopByKey: "Detener (Escape)",
  },

  SHORTCUTS: {
    title: "Atajos de teclado",
    list: "Mostrar esta lista",
    send: "Enviar el mensaje",
    line: "Empezar una línea nueva",
    stop: "Detener la respuesta",
    newChat: "Nueva conversación",
    search: "Buscar conversaciones",
    side: "Mostrar u ocultar las conversaciones",
    message: "Escribir un mensaje",
    ctrl: "Ctrl",
    shift: "Mayús",
    keys: { enter: "Intro", escape: "Esc" },
  },
};
