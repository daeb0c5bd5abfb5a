/**
 * The languages that code can be coloured in: how a fence may call them, how a reader does, and how
 * their files end. build_scripts/vendor.py copies the grammar of each.
 */

import { RENDERING } from "./strings_rendering.js";

/**
 * @typedef {object} Language
 * @property {string} grammar the name of highlight.js's module; "" for none
 * @property {string} label
 * @property {string} ending of a file's name
 */

// grammar | label | ending | other names
const TABLE = `
bash | Shell | sh | sh shell zsh console shellscript shell-session
c | C | c | h
cmake | CMake | cmake |
cpp | C++ | cpp | c++ cc cxx hpp
csharp | C# | cs | cs c#
css | CSS | css |
dart | Dart | dart |
diff | Diff | diff | patch
dockerfile | Dockerfile | dockerfile | docker
go | Go | go | golang
graphql | GraphQL | graphql | gql
haskell | Haskell | hs | hs
ini | INI | ini | toml cfg conf
java | Java | java |
javascript | JavaScript | js | js jsx mjs cjs node
json | JSON | json | jsonc json5
julia | Julia | jl | jl
kotlin | Kotlin | kt | kt kts
latex | LaTeX | tex | tex
lua | Lua | lua |
makefile | Makefile | mk | make mk
markdown | Markdown | md | md
objectivec | Objective-C | m | objc objective-c
perl | Perl | pl | pl
php | PHP | php |
powershell | PowerShell | ps1 | ps1 pwsh ps
python | Python | py | py python3 pycon
r | R | r |
ruby | Ruby | rb | rb
rust | Rust | rs | rs
scala | Scala | scala |
scss | SCSS | scss | sass
sql | SQL | sql | postgresql mysql sqlite
swift | Swift | swift |
typescript | TypeScript | ts | ts tsx
xml | XML | xml | svg rss xsl
yaml | YAML | yml | yml
`;
// Those that share a grammar with another, or have none.
/** @type {[string, Language][]} */
const OTHERS = [
  ["html", { grammar: "xml", label: "HTML", ending: "html" }],
  ["toml", { grammar: "ini", label: "TOML", ending: "toml" }],
  ["jsx", { grammar: "javascript", label: "JSX", ending: "jsx" }],
  ["tsx", { grammar: "typescript", label: "TSX", ending: "tsx" }],
  ["csv", { grammar: "", label: "CSV", ending: "csv" }],
  ["text", { grammar: "", label: RENDERING.plainText, ending: "txt" }],
  ["txt", { grammar: "", label: RENDERING.plainText, ending: "txt" }],
  ["plaintext", { grammar: "", label: RENDERING.plainText, ending: "txt" }],
];

/** @type {Map<string, Language>} by every name */
const LANGUAGES = new Map([...TABLE.trim().split("\n").flatMap(named), ...OTHERS]);

/**
 * @param {string} row
 * @returns {[string, Language][]}
 */
function named(row) {
  const [grammar = "", label = "", ending = "", others = ""] = row.split("|").map((s) => s.trim());
  const names = [grammar, ...others.split(" ").filter(Boolean)];
  return names.map((name) => [name, { grammar, label, ending }]);
}

/**
 * @param {string} name as it stands behind a fence
 * @returns {Language} of an unknown one nothing but its own name
 */
export const languageOf = (name) =>
  LANGUAGES.get(name.toLowerCase()) ?? { grammar: "", label: name, ending: "txt" };

const FILE_NAME = /^[\w-][\w.-]*\.\w{1,12}$/;
const WHOLE_NAMES = new Map([
  ["dockerfile", "Dockerfile"],
  ["makefile", "Makefile"],
]);

/**
 * What a download of the code is called: by the fence, if that names a file.
 *
 * @param {string} info what stands behind the opening fence
 */
export function fileNameFor(info) {
  const [language = "", ...rest] = info.trim().split(/[\s:]+/);
  const { grammar, ending } = languageOf(language);
  const told = rest.map((word) => word.replace(/^(?:title|file(?:name)?)=|["'{}]/g, ""));
  const named = told
    .map((word) => word.split("/").pop() ?? "")
    .find((word) => FILE_NAME.test(word));
  return named ?? WHOLE_NAMES.get(grammar) ?? `code.${ending}`;
}
