/** What went wrong, by the error's code, and what to do next. */

/** @type {Pick<import("../translation").Translation, "ERRORS">} */
export const errors = {
  ERRORS: {
    "bad-message":
      "Die App hat etwas gesendet, das diese Version nicht versteht. Die Seite neu laden.",
    "version-mismatch":
      "Die App wurde aktualisiert, während sie offen war. Die Seite neu laden, um die neue Version zu verwenden.",
    "unknown-model": "Dieses Modell steht nicht mehr in der Liste. Ein anderes wählen.",
    "bad-hub":
      "Das ist keine Adresse eines Hubs. So sieht eine aus: https://huggingface.co; dahinter können, durch Leerzeichen getrennt, weitere Rechner stehen, von denen er Dateien schickt.",
    "bad-model-id":
      "Das ist keine Modell-ID. So sieht eine aus: org/name. Auch die Adresse der Seite des Modells gilt.",
    "bad-folder":
      "In diesem Ordner ist kein ONNX-Modell, das hier läuft. Einen mit config.json und *.onnx-Dateien wählen.",
    "bad-archive":
      "Dieser Export ist beschädigt, nichts wurde importiert. Eine andere Datei wählen.",
    "unknown-archive":
      "In dieser Datei sind keine Chats, die hier gelesen werden können. Einen Export von localm, die conversations.json von ChatGPT oder einen Export von WebLLM Chat wählen.",
    "newer-archive":
      "Eine neuere Version von localm hat diese Datei geschrieben, nichts wurde importiert. Die Seite neu laden, um die neueste Version zu erhalten, dann noch einmal importieren.",
    "bad-schema":
      "Das JSON-Schema ist so nicht verwendbar. Vereinfachen oder JSON ohne Schema verlangen.",
    "bad-json":
      "Das Modell hat nicht mit dem verlangten JSON geantwortet. Das Schema vereinfachen, in der Nachricht genauer sagen, was gewünscht ist, oder ein größeres Modell wählen.",
    "prompt-too-long":
      "Die Nachricht ist zu lang für dieses Modell. Kürzen oder auf mehrere Nachrichten aufteilen.",
    cancelled: "Angehalten. Die Nachricht noch einmal senden, um neu zu beginnen.",
    "no-engine":
      "Keine Engine konnte dieses Modell hier ausführen. Noch einmal versuchen; wenn es dabei bleibt, andere Tabs schließen und die Seite neu laden. In den Einzelheiten steht, was jede Engine gemeldet hat.",
    internal:
      "In der App ist etwas schiefgegangen. Noch einmal versuchen; wenn es dabei bleibt, die Seite neu laden.",
    "engine-failed": "So ließ sich das Modell nicht ausführen. Noch einmal versuchen.",
    "load-failed": "Das Modell konnte nicht geladen werden. Noch einmal versuchen.",
    "webgpu-unavailable":
      "Dieser Browser bietet kein WebGPU. Den Browser aktualisieren oder die Hardwarebeschleunigung einschalten.",
    "download-failed":
      "Eine Datei des Modells konnte nicht heruntergeladen werden. Die Verbindung prüfen und noch einmal versuchen.",
    "needs-access":
      "Für dieses Modell ist ein Zugang nötig. Ihn auf der Seite des Modells anfragen, das Modell dann mit `localm pull` und dem eigenen Token holen, oder ein anderes Modell wählen.",
    "no-repository": "Unter dieser ID hat der Hub kein Modell. Die Schreibweise prüfen.",
    "host-blocked":
      "Der Hub schickt diese Datei von einem anderen Rechner, der nicht erlaubt ist. Diesen Rechner in den Einstellungen hinter der Adresse des Hubs ergänzen.",
    "no-room":
      "Für das Modell ist kein Platz mehr. Ein anderes Modell entfernen, dann noch einmal versuchen.",
    "library-broken":
      "Das Programm, das dieses Modell ausführt, ist beschädigt oder passt nicht. Die Seite neu laden.",
    "unsupported-model":
      "Dieser Computer kann dieses Modell so nicht ausführen. Ein anderes Modell wählen.",
    "out-of-memory":
      "Der Arbeitsspeicher reicht für dieses Modell nicht. Andere Tabs schließen oder ein kleineres Modell wählen.",
    "device-lost": "Die Grafikkarte wurde zurückgesetzt. Die Nachricht noch einmal senden.",
    "generation-failed": "Die Antwort ist abgebrochen. Die Nachricht noch einmal senden.",
    "boot-failed":
      "Python ist in diesem Browser nicht gestartet. Die Seite neu laden oder einen anderen Browser verwenden.",
    "worker-died":
      "Der Teil der App, der das Modell ausführt, ist ausgefallen. Noch einmal versuchen.",
  },
};
