// Compares the page's rendering with what the CommonMark specification expects. An expression.
async ([folder, examples]) => {
  const { default: DOMPurify } = await import(`${folder}/libraries/purify.es.mjs`);
  // The same addresses as in web/page/sanitize.js, and images, which the page names and never shows.
  const POLICY = {
    ALLOWED_TAGS:
      "a blockquote br code em h1 h2 h3 h4 h5 h6 hr img li ol p pre strong ul del table".split(" "),
    ALLOWED_ATTR: ["href", "title", "src", "alt", "start", "class"],
    ALLOWED_URI_REGEXP: /^(?:https?:\/\/|mailto:)/i,
    ADD_URI_SAFE_ATTR: ["start"],
    RETURN_DOM_FRAGMENT: true,
  };
  const BLOCKS = new Set("BLOCKQUOTE H1 H2 H3 H4 H5 H6 HR LI OL P PRE UL".split(" "));
  // What stands round a text in the page, and adds nothing to it.
  const FRAMES = ".block, .answer-text, .markdown, .code, .table, .image-address";
  const OURS = ".link-host, button, svg, .code-bar";

  const attribute = (node, name) =>
    node.hasAttribute(name) ? ` ${name}=${JSON.stringify(node.getAttribute(name))}` : "";
  const image = (alt) => `<img ${JSON.stringify(alt)}>`;
  const heading = (name) => `H${Math.min(6, Number(name.slice(1)) + 2)}`;

  const textOf = (node, isExpected) => {
    if (node.parentElement?.closest("pre")) return node.data.replaceAll("<", "&lt;");
    let text = node.data;
    if (node.previousSibling?.nodeName === "BR") text = text.replace(/^\n/, "");
    // A line of the source is a line of the answer.
    return isExpected ? text.replaceAll("\n", "<BR>") : text.replaceAll("\n", "");
  };
  const inside = (node, isExpected) => {
    const parts = [...node.childNodes].map((child) => canonical(child, isExpected));
    if (node.nodeName === "PRE" || node.nodeName === "CODE") return parts.join("").replace(/\n$/, "");
    // Whitespace between blocks, and at their ends, is none.
    return parts
      .join("")
      .replace(/(?:\s|<BR>)*(<\/?(?:BLOCKQUOTE|H\d|HR|LI|OL|P|PRE|UL)\b[^>]*>)(?:\s|<BR>)*/g, "$1")
      .replace(/^(?:\s|<BR>)+|(?:\s|<BR>)+$/g, BLOCKS.has(node.nodeName) ? "" : "$&");
  };
  const canonical = (node, isExpected) => {
    if (node instanceof Text) return textOf(node, isExpected);
    if (!(node instanceof Element)) return inside(node, isExpected);
    if (node.matches(OURS)) return "";
    if (node.matches(".image-placeholder"))
      return image(node.querySelector(".image-alt").textContent);
    if (node.nodeName === "IMG") return image(node.getAttribute("alt") || "Image");
    if (node.matches(FRAMES)) return inside(node, isExpected);
    const name = isExpected && /^H\d$/.test(node.nodeName) ? heading(node.nodeName) : node.nodeName;
    if (name === "BR" || name === "HR") return `<${name}>`;
    // Colours.
    if (name === "SPAN" && node.closest("pre")) return inside(node, isExpected);
    const names = name === "A" ? ["href", "title"] : name === "OL" ? ["start"] : [];
    if (name === "CODE" && node.parentNode.nodeName === "PRE") names.push("class");
    const attributes = names.map((one) => attribute(node, one)).join("");
    return `<${name}${attributes}>${inside(node, isExpected)}</${name}>`;
  };

  const results = [];
  for (const { markdown, html } of examples) {
    const element = await rendering.attached(markdown);
    const body = element.querySelector(".markdown");
    const [ours, expected] = [
      inside(body, false),
      inside(DOMPurify.sanitize(html, POLICY), true),
    ].map((text) => text.replace(/^(?:\s|<BR>)+|(?:\s|<BR>)+$/g, ""));
    element.remove();
    results.push([ours, expected]);
  }
  return results;
}
