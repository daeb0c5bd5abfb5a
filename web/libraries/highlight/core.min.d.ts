// The built site has this library in libraries/ (build_scripts/vendor.py); the package has no types.
declare const hljs: {
  registerLanguage(name: string, grammar: unknown): void;
  highlight(
    code: string,
    options: { language: string; ignoreIllegals: boolean },
  ): { value: string };
};
export default hljs;
