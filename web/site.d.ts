// The shape of site.js, which build_scripts/site.py generates. Every URL is relative to its folder.

export interface ModelFiles {
  /** The build's folder, ending in a slash. */
  url: string;
  files: { path: string; bytes: number; sha256: string }[];
}

export interface ModelBuilds {
  mlc: ModelFiles;
  onnx: ModelFiles;
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
  models: Record<string, ModelBuilds>;
}

export declare const site: Site;
