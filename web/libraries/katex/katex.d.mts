// The built site has this library in libraries/ (build_scripts/vendor.py); its types are the package's.
export { default } from "katex";
