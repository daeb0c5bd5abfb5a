// Fills a history, then measures what a person would wait for. An expression: Playwright calls it.
async ([url, conversations, messages]) => {
  const { History } = await import(url);
  const words = "tide harbour wind rope Größe café night lamp stone river letter bread".split(" ");
  let seed = 1;
  const random = (most) => {
    seed = (seed * 48271) % 2147483647;
    return seed % most;
  };
  const text = () => Array.from({ length: 90 }, () => words[random(words.length)]).join(" ");
  const archived = Array.from({ length: conversations }, (_, c) => {
    const said = Array.from({ length: messages }, (_, m) => ({
      id: `c${c}m${m}`,
      parent: m ? `c${c}m${m - 1}` : "",
      role: m % 2 ? "assistant" : "user",
      content: `${text()} number${c}x${m}`,
      attachments: [],
      created_ms: m,
      state: "complete",
      author: m % 2 ? "Guide" : "",
      result: null,
    }));
    const conversation = {
      id: `c${c}`,
      title: `${text().slice(0, 40)}`,
      title_is_edited: false,
      created_ms: c,
      updated_ms: c,
      pinned: false,
      leaf: `c${c}m${messages - 1}`,
      model: "",
      system: "",
      options: {},
    };
    return { conversation, messages: said };
  });
  const timed = async (work) => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  const median = (times) => times.sort((one, other) => one - other)[times.length >> 1];
  const first = new History();
  await first.open();
  const results = { "import all": await timed(() => first.importAll(archived)) };
  const history = new History();
  results["open the history"] = await timed(() => history.open());
  results["open a conversation"] = await timed(() => history.messages("c7"));
  let longest = 0;
  const watch = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  watch.observe({ type: "longtask" });
  results["first search, which reads every text"] = await timed(() => history.search("number3x7"));
  await new Promise((resolve) => setTimeout(resolve, 100));
  results["longest task meanwhile (0: none over 50)"] = longest;
  for (const query of ["tide", "tide harbour", "number499x19", "grosse cafe", "nowhere"]) {
    const times = [];
    for (let n = 0; n < 9; n++) times.push(await timed(() => history.search(query)));
    results[`search “${query}”, median of 9`] = median(times);
  }
  return results;
}
