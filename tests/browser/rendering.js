// The page's rendering without a conversation around it: what tests call. An expression.
async ([folder, withThoughts]) => {
  const load = (name) => import(`${folder}/page/${name}.js`);
  const { AnswerText } = await load("answer_text");
  const { formulasReady } = await load("math");
  const { grammarsReady } = await load("highlight");
  const { allDone } = await load("slices");

  const settled = async () => {
    for (let turn = 0; turn < 3; turn++) {
      await Promise.all([formulasReady(), grammarsReady()]);
      await allDone();
      await new Promise((resolve) => setTimeout(resolve));
    }
  };
  // A thought is rendered when it is opened.
  const open = (text) => {
    const thoughts = text.element.querySelector("details.thoughts");
    if (withThoughts && thoughts) thoughts.open = true;
  };
  const rendered = (...pieces) => {
    const text = new AnswerText(() => {});
    for (const piece of pieces) {
      text.append(piece);
      text.flush();
      open(text);
    }
    text.finish();
    open(text);
    return text.element;
  };
  const attached = async (source) => {
    const element = rendered(source);
    document.getElementById("conversation").append(element);
    await settled();
    return element;
  };
  const whole = async (source) => {
    const element = rendered(source);
    await settled();
    return element.innerHTML;
  };
  // The places where a text cut in two ends up as something else; what the last of them looks like.
  const differing = async (source, expected) => {
    const places = [];
    for (let at = 0; at <= source.length; at += 100) {
      const batch = [];
      for (let cut = at; cut < Math.min(at + 100, source.length + 1); cut++)
        batch.push([cut, rendered(source.slice(0, cut), source.slice(cut))]);
      await settled();
      for (const [cut, element] of batch)
        if (element.innerHTML !== expected) places.push([cut, element.innerHTML]);
    }
    return places;
  };
  // The same for pieces of one size, as tokens come.
  const differingSizes = async (source, expected, sizes) => {
    const found = [];
    for (const size of sizes) {
      const pieces = source.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
      const element = rendered(...pieces);
      await settled();
      if (element.innerHTML !== expected) found.push([size, element.innerHTML]);
    }
    return found;
  };
  await whole("$x$\n\n```js\n1\n```\n\n```py\n1\n```\n\n```md\n1\n```\n\n```sh\n1\n```");
  Object.assign(globalThis, { rendering: { attached, whole, differing, differingSizes } });
}
