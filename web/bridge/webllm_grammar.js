/**
 * WebLLM's grammars for JSON allow any amount of white space anywhere, and a small model loses itself in
 * it. Its API has no word for that, but the compiler that it makes when it first needs one has: so the
 * answer's JSON is held to one line.
 */

/**
 * @typedef {{compileJSONSchema: (
 *   schema: string,
 *   anyWhitespace?: boolean,
 *   indent?: number,
 * ) => Promise<unknown>}} Compiler
 */

const NO_INDENT = -1;

/** @param {object} pipeline */
export function holdJsonToOneLine(pipeline) {
  /** @type {Compiler | undefined} */
  let compiler;
  Object.defineProperty(pipeline, "grammarCompiler", {
    get: () => compiler,
    set: (made) => {
      compiler = made && oneLine(made);
    },
  });
}

/** @param {Compiler} compiler */
function oneLine(compiler) {
  const compile = compiler.compileJSONSchema.bind(compiler);
  compiler.compileJSONSchema = (schema) => compile(schema, false, NO_INDENT);
  return compiler;
}
