// The shape of site.js, which build_scripts/site.py generates. Every URL is relative to its folder.

export interface ModelUrls {
  /** The WebLLM build's folder, ending in a slash. */
  mlc: string;
  /** The name of the compiled library in that folder. */
  library: string;
  /** The ONNX build's folder, ending in a slash. */
  onnx: string;
}

export interface Site {
  version: string;
  /** Names the content of the whole app. */
  build: string;
  pyodide: string;
  wheel: string;
  micropip: string;
  /** A Pyodide lock with micropip alone, for loadPyodide's `lockFileContents`. */
  lock: {
    info: { abi_version: string; arch: string; platform: string; python: string };
    packages: Record<string, unknown>;
  };
  /** Changes when Pyodide or the wheel does: a memory snapshot belongs to exactly one pair. */
  snapshotKey: string;
  webllm: string;
  transformers: string;
  ort: string;
  /** The folder of hash-wasm's files, one for each hash. */
  hashes: string;
  models: Record<string, ModelUrls>;
}

export declare const site: Site;
