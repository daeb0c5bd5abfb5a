/** What went wrong, by the error's code, and what to do next. */

/** @type {Pick<import("../translation").Translation, "ERRORS">} */
export const errors = {
  ERRORS: {
    "bad-message": "La aplicación ha enviado algo que esta versión no entiende. Recarga la página.",
    "version-mismatch":
      "La aplicación se ha actualizado mientras estaba abierta. Recarga la página para usar la versión nueva.",
    "unknown-model": "Este modelo ya no está en la lista. Elige otro.",
    "bad-hub":
      "Esto no es la dirección de un hub. Escríbela así: https://huggingface.co; después pueden ir, separados por espacios, otros servidores desde los que envía archivos.",
    "bad-model-id":
      "Esto no es el id de un modelo. Escríbelo así: org/nombre, o pega la dirección de la página del modelo.",
    "bad-folder":
      "En esta carpeta no hay ningún modelo ONNX que funcione aquí. Elige una con config.json y archivos *.onnx.",
    "bad-archive": "Esta exportación está dañada y no se ha importado nada. Elige otro archivo.",
    "unknown-archive":
      "En este archivo no hay conversaciones que se puedan leer aquí. Elige una exportación de localm, el conversations.json de ChatGPT o una exportación de WebLLM Chat.",
    "newer-archive":
      "Este archivo es de una versión más nueva de localm y no se ha importado nada. Recarga la página para obtener la última versión e impórtalo de nuevo.",
    "bad-schema": "El esquema JSON no se puede usar. Simplifícalo o pide JSON sin esquema.",
    "bad-json":
      "El modelo no ha respondido con el JSON pedido. Simplifica el esquema, explica mejor en el mensaje lo que quieres o elige un modelo más grande.",
    "prompt-too-long":
      "El mensaje es demasiado largo para este modelo. Acórtalo o divídelo en varias partes.",
    cancelled: "Detenido. Envía el mensaje otra vez para empezar de nuevo.",
    "no-engine":
      "Ningún motor ha podido ejecutar aquí este modelo. Inténtalo de nuevo; si continúa, cierra otras pestañas y recarga la página. Los detalles dicen qué ha comunicado cada motor.",
    internal:
      "Algo ha fallado dentro de la aplicación. Inténtalo de nuevo; si continúa, recarga la página.",
    "engine-failed": "El modelo no se ha podido ejecutar de esta manera. Inténtalo de nuevo.",
    "load-failed": "No se ha podido cargar el modelo. Inténtalo de nuevo.",
    "webgpu-unavailable":
      "Este navegador no ofrece WebGPU. Actualízalo o activa la aceleración por hardware.",
    "download-failed":
      "No se ha podido descargar un archivo del modelo. Comprueba la conexión e inténtalo de nuevo.",
    "needs-access":
      "Este modelo requiere acceso. Solicítalo en la página del modelo y obtenlo después con `localm pull` y tu token, o elige otro modelo.",
    "no-repository": "El hub no tiene ningún modelo con este id. Comprueba cómo está escrito.",
    "host-blocked":
      "El hub envía este archivo desde otro servidor que no está permitido. Añade ese servidor detrás de la dirección del hub en los ajustes.",
    "no-room": "No queda sitio para guardar el modelo. Quita otro modelo e inténtalo de nuevo.",
    "library-broken":
      "El programa que ejecuta este modelo está dañado o no corresponde. Recarga la página.",
    "unsupported-model":
      "Este equipo no puede ejecutar este modelo de esta manera. Elige otro modelo.",
    "out-of-memory":
      "No hay memoria suficiente para este modelo. Cierra otras pestañas o elige un modelo más pequeño.",
    "device-lost": "Se ha reiniciado el dispositivo gráfico. Envía el mensaje otra vez.",
    "generation-failed": "La respuesta se ha cortado. Envía el mensaje otra vez.",
    "boot-failed":
      "Python no se ha iniciado en este navegador. Recarga la página o prueba con otro navegador.",
    "worker-died":
      "La parte de la aplicación que ejecuta el modelo se ha detenido. Inténtalo de nuevo.",
  },
};
