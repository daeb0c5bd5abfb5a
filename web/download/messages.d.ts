// What goes between web/bridge/download_link.js and web/worker/download_worker.js. Files cross as
// handles (Blob, File): their bytes stay where the browser keeps them.

/** One file of a download. Its key names it, whatever host its bytes come from. */
export interface WantedFile {
  /** in the order in which they are tried */
  urls: string[];
  /** the address under which the caches know it */
  key: string;
  cache: string;
  /** 0: not known */
  bytes: number;
  /** "": none */
  sha256: string;
  /** Git's id of the file; "": none */
  git_sha1: string;
  /** the content-type to store it with */
  type: string;
}

export interface Landed {
  /** undefined where it came as one: whoever asked has it */
  blob?: Blob;
  bytes: number;
  sha256: string;
}

/** The answer to a small question, with any status. */
export interface Answer {
  status: number;
  /** after redirects */
  url: string;
  /** of the next page, or "" */
  link: string;
  text: string;
}

export interface Orders {
  /** ends in an Answer */
  json: { url: string };
  /** bring the file here and verify it; ends in a Landed */
  fetch: { file: WantedFile };
  /** hash a file that is here already: the blob, or what is stored; ends in a Landed */
  hash: { file: WantedFile; blob?: Blob };
  /** forget what is half done; ends in the bytes freed */
  discard: { keys: string[] };
}

export type Order =
  | { [K in keyof Orders]: { id: number; kind: K } & Orders[K] }[keyof Orders]
  | { id: number; kind: "abort" };

export type Report =
  | { id: number; kind: "progress"; loaded: number; total: number }
  | { id: number; kind: "done"; result: unknown }
  | { id: number; kind: "error"; name: string; message: string };

export type OnBytes = (loaded: number, total: number) => void;
