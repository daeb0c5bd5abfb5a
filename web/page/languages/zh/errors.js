/** What went wrong, by the error's code, and what to do next. */

/** @type {Pick<import("../translation").Translation, "ERRORS">} */
export const errors = {
  ERRORS: {
    "bad-message": "应用发送了此版本无法理解的请求。请重新加载页面。",
    "version-mismatch": "应用在打开期间已更新。请重新加载页面以使用新版本。",
    "unknown-model": "此模型已不在列表中。请选择其他模型。",
    "bad-hub":
      "这不是模型库的地址。请写成 https://huggingface.co 这样的形式；其后可写它发送文件所用的其他主机，以空格分隔。",
    "bad-model-id": "这不是模型 ID。请写成 org/name 的形式，或粘贴模型页面的地址。",
    "bad-folder":
      "此文件夹中没有能在这里运行的 ONNX 模型。请选择包含 config.json 和 *.onnx 文件的文件夹。",
    "bad-archive": "此导出文件已损坏，没有导入任何内容。请选择其他文件。",
    "unknown-archive":
      "此文件中没有能在这里读取的对话。请选择 localm 的导出文件、ChatGPT 的 conversations.json，或 WebLLM Chat 的导出文件。",
    "newer-archive":
      "此文件由更新版本的 localm 写成，没有导入任何内容。请重新加载页面以获取最新版本，然后再次导入。",
    "bad-schema": "无法使用这个 JSON Schema。请简化它，或只要求 JSON 而不用 Schema。",
    "bad-json":
      "模型没有按要求用 JSON 回答。请简化 Schema，在消息中说清想要什么，或选择更大的模型。",
    "prompt-too-long": "这条消息对此模型来说太长。请缩短，或分成几条发送。",
    cancelled: "已停止。再次发送消息即可重新开始。",
    "no-engine":
      "没有引擎能在这里运行此模型。请重试；如果仍然如此，请关闭其他标签页并重新加载页面。详细信息中有各引擎的报告。",
    internal: "应用内部出了问题。请重试；如果仍然如此，请重新加载页面。",
    "engine-failed": "这种方式未能运行模型。请重试。",
    "load-failed": "模型未能加载。请重试。",
    "webgpu-unavailable": "此浏览器不提供 WebGPU。请更新浏览器，或启用硬件加速。",
    "download-failed": "模型的一个文件未能下载。请检查网络连接，然后重试。",
    "needs-access":
      "此模型需要访问权限。请在模型页面上申请，然后用 `localm pull` 和你的令牌获取；或选择其他模型。",
    "no-repository": "模型库中没有使用此 ID 的模型。请检查拼写。",
    "host-blocked":
      "模型库从另一台未获允许的主机发送此文件。请在设置中把该主机添加到模型库地址之后。",
    "no-room": "没有空间存放此模型。请移除其他模型，然后重试。",
    "library-broken": "运行此模型的程序已损坏或不匹配。请重新加载页面。",
    "unsupported-model": "这台电脑无法以这种方式运行此模型。请选择其他模型。",
    "out-of-memory": "内存不足以运行此模型。请关闭其他标签页，或选择更小的模型。",
    "device-lost": "图形设备已重置。请再次发送消息。",
    "generation-failed": "回答中途中断了。请再次发送消息。",
    "boot-failed": "Python 未能在此浏览器中启动。请重新加载页面，或换一个浏览器。",
    "worker-died": "应用中运行模型的部分已停止。请重试。",
  },
};
