/** The settings, with export, import and deletion. */

import { plural } from "../../format.js";

/**
 * @type {Pick<import("../translation").Translation, "SETTINGS" | "SETTINGS_SENTENCES" | "DATA" |
 *   "DATA_SENTENCES">}
 */
export const settings = {
  SETTINGS: {
    title: "Ajustes",
    theme: "Tema",
    themes: { system: "El del sistema", light: "Claro", dark: "Oscuro" },

    sendWith: "Enviar con",
    language: "Idioma",
    asBrowser: "El del navegador",
    afterReload: "La página cambia de idioma al recargarla.",
    reloadNow: "Recargar ahora",
    answerFirst: "Se está escribiendo una respuesta. Recarga cuando termine.",

    models: "De dónde vienen los modelos",
    hubAddress: "Dirección del hub",
    hubHint:
      "Una URL y, después, otros servidores desde los que envía archivos, separados por espacios. Vacío: el predeterminado.",
    save: "Guardar",
    useDefault: "Usar el predeterminado",
    saving: "Comprobando la dirección…",
    mirror: "Los modelos que tiene este servidor vienen de él; los demás, del hub.",

    data: "Tus datos",
  },

  SETTINGS_SENTENCES: {
    defaultHub: (address) => `El predeterminado es ${address}.`,
    hubInUse: (address) => `Los modelos se obtienen de ${address}.`,
    addressStays: (address) => `Sigue en uso: ${address}.`,
    defaultStays: "Sigue en uso el predeterminado.",
  },

  DATA: {
    about:
      "Las conversaciones, los ajustes y los modelos se guardan en este navegador y en ningún otro sitio.",
    aboutImport:
      "Se pueden importar exportaciones de localm, ChatGPT (conversations.json) y WebLLM Chat; también puedes soltar un archivo aquí.",
    export: "Exportar",
    import: "Importar",
    importFiles: "Archivos que importar",
    chooseAnother: "Elegir otro archivo",
    reading: "Leyendo el archivo…",
    readingFiles: "Leyendo los archivos…",
    starting: "Primero se inicia Python…",
    undo: "Deshacer",
    importUndone: "Se ha deshecho la importación.",
    nothingExported: "Todavía no hay nada que exportar.",
    tooLarge: "Este archivo supera los 200 MB. Impórtalo por partes.",
    notRead: "El navegador no ha podido leer este archivo. Elígelo de nuevo.",
    notStored: "Las conversaciones no se han podido guardar aquí y no se ha importado ninguna.",
    noRoom:
      "El almacenamiento del navegador está lleno y no se ha importado nada. Quita un modelo o elimina conversaciones antiguas e inténtalo de nuevo.",
    notUndone: "Esto no se ha podido deshacer.",
    notDeleted: "Las conversaciones no se han podido eliminar.",

    deleteEverything: "Eliminar todo",
    deleteQuestion: "¿Eliminar todo?",
    presetsAndSettings: "Plantillas y ajustes",
    modelsStay: "Los modelos se quedan.",
    delete: "Eliminar",
    cancel: "Cancelar",
    deleted: "Se ha eliminado todo lo indicado.",
    deletionUndone: "Todo está de vuelta.",
  },

  DATA_SENTENCES: {
    noneIn: (app) => `No hay conversaciones en esta exportación de ${app}.`,
    foundIn: (count, app) =>
      plural(count, {
        one: `# conversación de ${app}.`,
        other: `# conversaciones de ${app}.`,
      }),
    importedFrom: (count, app) =>
      plural(count, {
        one: `Se ha importado # conversación de ${app}.`,
        other: `Se han importado # conversaciones de ${app}.`,
      }),
    allAreHere: "Todas están ya aquí.",
    imported: (count) => plural(count, { one: "Se ha importado #.", other: "Se han importado #." }),
    areHere: (count) => plural(count, { one: "# ya está aquí.", other: "# ya están aquí." }),
    presetsImported: (count) =>
      plural(count, {
        one: "Se ha importado # plantilla.",
        other: "Se han importado # plantillas.",
      }),
    exported: (name, count) =>
      plural(count, {
        one: `Se ha guardado ${name}, con # conversación.`,
        other: `Se ha guardado ${name}, con # conversaciones.`,
      }),
    conversationsGo: (count) =>
      plural(count, { one: "# conversación", other: "Las # conversaciones" }),
    alsoModels: (count, bytes) =>
      plural(count, {
        one: `También el modelo descargado (${bytes})`,
        other: `También los # modelos descargados (${bytes})`,
      }),
  },
};
