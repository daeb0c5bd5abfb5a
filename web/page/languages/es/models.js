/** Models: the dialog, how far a download has come, and why one cannot run. */

import { plural } from "../../format.js";

/**
 * @type {Pick<import("../translation").Translation, "MODELS" | "MODEL_SENTENCES" | "PROGRESS" |
 *   "REASONS">}
 */
export const models = {
  MODELS: {
    title: "Modelos",
    bigger: "Los modelos más grandes responden mejor:",
    here: "En este equipo",
    recommended: "Recomendado para este equipo",
    catalogue: "Más modelos",
    added: "Añadidos por ti",
    asking: "Consultando qué modelos hay…",
    startingPython: "Python se está iniciando; esto espera su turno",
    beginning: "Empezando",
    stopping: "Deteniendo",

    inUse: "En uso",
    use: "Usar",
    download: "Descargar",
    resume: "Reanudar",
    verify: "Verificar",
    remove: "Quitar",
    page: "Página del modelo",
    whyNot: "¿por qué solo esto?",

    another: "Otro modelo",
    modelId: "Id del modelo",
    get: "Obtener",
    idHint: "Un id del hub, como onnx-community/Qwen3-0.6B-ONNX, o la dirección de su página.",
    looking: "Mirando qué tiene el hub",
    isHere: "ya está aquí",

    folder: "Elegir carpeta",
    folderHint:
      "La carpeta de un modelo ONNX de este equipo. Se copia al almacenamiento del navegador.",
    importing: "Copiando al almacenamiento del navegador",
    emptyFolder: "En esta carpeta no hay ningún archivo. Elige la que contiene config.json.",

    storage: "Almacenamiento",
    notKept:
      "Este navegador no conserva nada para esta página, como hacen las ventanas privadas: los modelos duran solo hasta que se cierra la página.",
    keep: "Conservar los datos",
    kept: "El navegador conserva estos datos hasta que los quites.",
    agreed: "El navegador ha aceptado: conserva estos datos hasta que los quites.",
    declined:
      "El navegador no ha aceptado por ahora: puede quitar modelos si el disco se llena. Suele aceptar cuando un sitio está instalado o se usa a menudo.",
  },

  MODEL_SENTENCES: {
    downloadingModel: (model) => `Descargando ${model}`,
    verifyingModel: (model) => `Verificando ${model}`,
    modelIsHere: (model) => `${model} ya está en este equipo.`,
    modelAnswers: (model) => `A partir de ahora responde ${model}.`,
    modelIsGone: (model, instead) =>
      `Aquí ya no se conoce ${model}. En su lugar responde ${instead}.`,
    removed: (model) => `Se ha quitado ${model}.`,
    removedForAnother: (model, instead) => `Se ha quitado ${model}. Ahora responde ${instead}.`,
    freed: (bytes) => `Vuelve a haber ${bytes} libres.`,

    nameAndSize: (model, bytes) => `${model}, ${bytes}`,
    parameters: (count) => `${count} parámetros`,
    reads: (tokens) => `lee ${tokens} tokens`,
    memory: (bytes) => `unos ${bytes} de memoria`,
    inAll: (bytes) => `${bytes} en total`,
    loaded: "cargado ahora",
    withApp: "viene con la aplicación",
    onDisk: (bytes) => `${bytes} en el disco`,
    areHere: (bytes) => `${bytes} ya aquí`,
    toDownload: (bytes) => `${bytes} por descargar`,
    sizeNotKnown: "tamaño aún desconocido",
    about: (bytes) => `unos ${bytes}`,

    foundBuilds: (repository, count) =>
      plural(count, {
        one: `${repository}: # variante encontrada.`,
        other: `${repository}: # variantes encontradas.`,
      }),
    whole: (files) =>
      plural(files, {
        one: "Su único archivo está íntegro.",
        other: "Sus # archivos están íntegros.",
      }),
    repaired: (files, names) =>
      plural(files, {
        one: `# archivo estaba dañado y se ha vuelto a obtener: ${names}.`,
        other: `# archivos estaban dañados y se han vuelto a obtener: ${names}.`,
      }),
    modelsTake: (bytes) => `Los modelos ocupan ${bytes}.`,
    siteUses: (used, quota) => `Este sitio usa ${used} de los ${quota} que permite el navegador.`,
  },

  PROGRESS: {
    phases: {
      "starting-python": "Python se está iniciando; tu mensaje espera su turno",
      checking: "Comprobando lo que hace falta",
      waiting: "Otra pestaña descarga este modelo",
      downloading: "Descargando",
      verifying: "Verificando",
      loading: "Cargando en la memoria",
      compiling: "Compilando para este equipo",
      "warming-up": "Calentando",
    },
    of: (part, whole) => `${part} de ${whole}`,
    noDataFor: (time) => `sin datos desde hace ${time}`,
    left: (time) => `faltan ${time}`,
    seconds: (count) => `${count} s`,
    minutes: (count) => `${count} min`,
    hours: (count) => `${count} h`,
  },

  REASONS: {
    noWebGpu: () => "Este navegador no ofrece WebGPU.",
    noAdapter: () => "WebGPU no ha encontrado en este equipo ningún adaptador gráfico que sirva.",
    needs16Bit: () => "Necesita una GPU con coma flotante de 16 bits (shader-f16 de WebGPU).",
    needsBuffers: (most) =>
      `Necesita una GPU con búferes más grandes: en esta caben como mucho ${most} GB en uno.`,
    needsMemory: (needed, has) =>
      `Necesita ${needed} GB de memoria, y este equipo tiene ${has} GB.`,
    needsStorage: (needed, left) => `Necesita ${needed} GB de almacenamiento, y quedan ${left} GB.`,
    noRung: () => "Ninguna de sus variantes funciona en este equipo.",
    noBuildForGpu: (model) => `${model} no tiene ninguna variante para transformers.js en la GPU.`,
    noBuildForCpu: (model) => `${model} no tiene ninguna variante para transformers.js en la CPU.`,
    noBuildFor: (model, engine) => `${model} no tiene ninguna variante para ${engine}.`,
    leftOutTools: (count) =>
      plural(Number(count), {
        one: "Se ha omitido # mensaje de una herramienta o para ella.",
        other: "Se han omitido # mensajes de herramientas o para ellas.",
      }),
    leftOutInstructions: (count) =>
      plural(Number(count), {
        one: "Se ha omitido # instrucción de la otra aplicación.",
        other: "Se han omitido # instrucciones de la otra aplicación.",
      }),
    leftOutThinking: (count) =>
      plural(Number(count), {
        one: "Se ha omitido # nota del razonamiento del modelo.",
        other: "Se han omitido # notas del razonamiento del modelo.",
      }),
    leftOutUnreadable: (count) =>
      plural(Number(count), {
        one: "# mensaje no se ha podido leer y se ha omitido.",
        other: "# mensajes no se han podido leer y se han omitido.",
      }),
    onlyNamed: (count) =>
      plural(Number(count), {
        one: "# imagen, grabación o archivo solo se menciona: la exportación no lo incluye.",
        other:
          "# imágenes, grabaciones o archivos solo se mencionan: la exportación no los incluye.",
      }),
    schemaAt: (place) => `El esquema JSON no se puede usar. Cambia «${place}».`,
    jsonCutOff: () =>
      "La respuesta se ha cortado antes de que su JSON estuviera completo. Permite una respuesta más larga o pide menos.",
    leftOutEmpty: (count) =>
      plural(Number(count), {
        one: "Se ha omitido # conversación sin mensajes.",
        other: "Se han omitido # conversaciones sin mensajes.",
      }),
  },
};
