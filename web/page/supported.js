/**
 * Says what this browser lacks before the app starts, on a page of its own. It must run where the app
 * does not, so it is a classic script in the JavaScript of 2009; supported_gate.js keeps the app from
 * starting.
 */

(function () {
  /** Every sentence that can be read here, in one place for whoever translates them. */
  var WORDS = {
    title: "localm does not run in this browser yet",
    intro:
      "localm runs its language model inside the browser, with nothing sent anywhere. For that it " +
      "needs a recent one.",
    lacksTitle: "What is missing here",
    lacks: {
      wasm: "WebAssembly with vector instructions and exceptions, which runs Python and the model. A lockdown or enhanced security mode switches it off too.",
      worker: "Module workers, where Python and the model run beside the page.",
      script: "The JavaScript of 2023, such as Map.groupBy and Array.prototype.with.",
      dialog: "Dialogs and menus that the browser itself opens (dialog, popover).",
      style: "Colours for light and dark in one style sheet (light-dark).",
    },
    haveTitle: "Browsers that have it",
    have: [
      "Chrome, Edge and Chromium from version 123",
      "Firefox from version 125",
      "Safari from version 17.5, on Mac, iPhone and iPad",
      "Opera from version 109",
      "Samsung Internet from version 27",
    ],
    nextTitle: "What to do",
    next: "Update this browser or open this address in one of those, then reload the page. Conversations that this browser has kept stay where they are.",
    insecureTitle: "localm needs a secure address",
    insecureIntro:
      "This page came over plain http from another computer. To such a page browsers give neither " +
      "the storage nor the functions that localm needs, whichever browser it is.",
    insecureNextTitle: "What to do",
    atServer: "On the computer that serves localm, start it without --host and open ",
    tunnel: "Or make a tunnel from this computer to that one, and open the same address here: ",
    https: "Or put https in front of it, with a TLS proxy.",
  };

  // The newest feature of each kind, and those that can be switched off by themselves. The versions
  // above are the first that have all of them (docs/architecture.md says from which source).
  var lacks = {
    wasm: !hasWasm(),
    worker: !hasModuleWorkers(),
    script: !hasScript(),
    dialog: !hasDialogs(),
    style: !hasStyle(),
  };

  var missing = /** @type {(keyof typeof lacks)[]} */ (Object.keys(lacks)).filter(function (name) {
    return lacks[name];
  });
  var isInsecure = window.isSecureContext === false;
  if (isInsecure || missing.length > 0) show();

  function hasWasm() {
    // One function each: i8x16.splat of a constant; an empty try with catch_all.
    var simd = "1 5 1 96 0 1 123 3 2 1 0 10 8 1 6 0 65 0 253 15 11";
    var exceptions = "1 4 1 96 0 0 3 2 1 0 10 8 1 6 0 6 64 25 11 11";
    return isValid(simd) && isValid(exceptions);
  }

  /** @param {string} sections of a module, behind its header */
  function isValid(sections) {
    try {
      var bytes = ("0 97 115 109 1 0 0 0 " + sections).split(" ").map(Number);
      return WebAssembly.validate(new Uint8Array(bytes));
    } catch (_error) {
      return false;
    }
  }

  /** Throws when it is asked for the worker's type, so no worker starts. */
  function hasModuleWorkers() {
    var wasAsked = false;
    var options = Object.defineProperty({}, "type", {
      get: function () {
        wasAsked = true;
        throw new Error("asked");
      },
    });
    try {
      new Worker("", options).terminate();
    } catch (_error) {
      return wasAsked;
    }
    return wasAsked;
  }

  function hasScript() {
    return typeof Map === "function" && "groupBy" in Map && "with" in Array.prototype;
  }

  function hasDialogs() {
    return "HTMLDialogElement" in window && "popover" in HTMLElement.prototype;
  }

  function hasStyle() {
    return "CSS" in window && CSS.supports("color", "light-dark(#000, #fff)");
  }

  function show() {
    document.documentElement.setAttribute("data-unsupported", "");
    document.title = "localm";
    addStyle();
    var main = document.createElement("main");
    main.className = "unsupported";
    (isInsecure ? insecurePage() : lackingPage()).forEach(function (part) {
      main.appendChild(part);
    });
    document.body.textContent = "";
    document.body.appendChild(main);
  }

  function addStyle() {
    var own = /** @type {HTMLScriptElement} */ (document.querySelector("script[data-supported]"));
    var link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = own.src.replace("page/supported.js", "styles/unsupported.css");
    document.head.appendChild(link);
  }

  function lackingPage() {
    var sentences = missing.map(function (name) {
      return WORDS.lacks[name];
    });
    return [
      element("h1", WORDS.title),
      element("p", WORDS.intro),
      element("h2", WORDS.lacksTitle),
      list("ul", sentences),
      element("h2", WORDS.haveTitle),
      list("ul", WORDS.have),
      element("h2", WORDS.nextTitle),
      element("p", WORDS.next),
    ];
  }

  function insecurePage() {
    var port = location.port || "80";
    var steps = list("ul", [WORDS.atServer, WORDS.tunnel, WORDS.https]);
    var tunnel = ["ssh -L ", port, ":", location.hostname, ":", port, " ", location.hostname];
    var commands = ["http://localhost:" + port + location.pathname, tunnel.join("")];
    commands.forEach(function (text, place) {
      steps.childNodes[place].appendChild(element("code", text));
    });
    return [
      element("h1", WORDS.insecureTitle),
      element("p", WORDS.insecureIntro),
      element("h2", WORDS.insecureNextTitle),
      steps,
    ];
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  function element(name, text) {
    var made = document.createElement(name);
    made.appendChild(document.createTextNode(text));
    return made;
  }

  /**
   * @param {string} name
   * @param {string[]} texts
   */
  function list(name, texts) {
    var made = document.createElement(name);
    texts.forEach(function (text) {
      made.appendChild(element("li", text));
    });
    return made;
  }
})();
