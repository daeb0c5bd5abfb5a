/** Models: the dialog, how far a download has come, and why one cannot run. */

import { plural } from "../../format.js";

/**
 * @type {Pick<import("../translation").Translation, "MODELS" | "MODEL_SENTENCES" | "PROGRESS" |
 *   "REASONS">}
 */
export const models = {
  MODELS: {
    title: "模型",
    bigger: "更大的模型回答得更好：",
    here: "在这台电脑上",
    recommended: "推荐用于这台电脑",
    catalogue: "更多模型",
    added: "由你添加",
    asking: "正在查询有哪些模型…",
    startingPython: "正在启动 Python，此操作在排队",
    beginning: "正在开始",
    stopping: "正在停止",

    inUse: "使用中",
    use: "使用",
    download: "下载",
    resume: "继续下载",
    verify: "校验",
    remove: "移除",
    page: "模型页面",
    whyNot: "为什么只有这些？",

    another: "其他模型",
    modelId: "模型 ID",
    get: "获取",
    idHint: "模型库中的 ID，例如 onnx-community/Qwen3-0.6B-ONNX，或其页面的地址。",
    looking: "正在查看模型库中的内容",
    isHere: "已在本机",

    folder: "选择文件夹",
    folderHint: "这台电脑上某个 ONNX 模型的文件夹。它会被复制到浏览器的存储空间中。",
    importing: "正在复制到浏览器的存储空间",
    emptyFolder: "此文件夹中没有文件。请选择包含 config.json 的文件夹。",

    storage: "存储空间",
    notKept: "此浏览器不会为本页保存任何内容（无痕窗口就是如此）：页面关闭后模型就会消失。",
    keep: "保留数据",
    kept: "浏览器会一直保留这些数据，直到你将其移除。",
    agreed: "浏览器已同意：它会一直保留这些数据，直到你将其移除。",
    declined:
      "浏览器暂时没有同意：磁盘将满时它可能会移除模型。网站安装后或经常使用时，它通常会同意。",
  },

  MODEL_SENTENCES: {
    downloadingModel: (model) => `正在下载 ${model}`,
    verifyingModel: (model) => `正在校验 ${model}`,
    modelIsHere: (model) => `${model} 现已在这台电脑上。`,
    modelAnswers: (model) => `从现在起由 ${model} 回答。`,
    modelIsGone: (model, instead) => `这里已不再有 ${model}，改由 ${instead} 回答。`,
    removed: (model) => `已移除 ${model}。`,
    removedForAnother: (model, instead) => `已移除 ${model}，现在由 ${instead} 回答。`,
    freed: (bytes) => `已释放 ${bytes}。`,

    nameAndSize: (model, bytes) => `${model}，${bytes}`,
    parameters: (count) => `${count} 参数`,
    reads: (tokens) => `可读取 ${tokens} 个词元`,
    memory: (bytes) => `约需 ${bytes} 内存`,
    inAll: (bytes) => `总计：${bytes}`,
    loaded: "已加载",
    withApp: "随应用提供",
    onDisk: (bytes) => `占用磁盘 ${bytes}`,
    areHere: (bytes) => `已有：${bytes}`,
    toDownload: (bytes) => `待下载：${bytes}`,
    sizeNotKnown: "大小未知",
    about: (bytes) => `约 ${bytes}`,

    foundBuilds: (repository, count) => plural(count, { other: `${repository}：找到 # 个构建。` }),
    whole: (files) => plural(files, { other: "全部 # 个文件都完好。" }),
    repaired: (files, names) => plural(files, { other: `# 个文件已损坏并重新获取：${names}。` }),
    modelsTake: (bytes) => `模型占用 ${bytes}。`,
    siteUses: (used, quota) => `本网站使用了浏览器允许的 ${quota} 中的 ${used}。`,
  },

  PROGRESS: {
    phases: {
      "starting-python": "正在启动 Python，你的消息在排队",
      checking: "正在检查需要什么",
      waiting: "另一个标签页正在下载此模型",
      downloading: "正在下载",
      verifying: "正在校验",
      loading: "正在载入内存",
      compiling: "正在为这台电脑编译",
      "warming-up": "正在预热",
    },
    of: (part, whole) => `${part} / ${whole}`,
    noDataFor: (time) => `已有 ${time}没有数据`,
    left: (time) => `还需 ${time}`,
    seconds: (count) => `${count} 秒`,
    minutes: (count) => `${count} 分钟`,
    hours: (count) => `${count} 小时`,
  },

  REASONS: {
    noWebGpu: () => "此浏览器不提供 WebGPU。",
    noAdapter: () => "WebGPU 在这台电脑上没有找到可用的显卡。",
    needs16Bit: () => "它需要支持 16 位浮点数的 GPU（WebGPU 的 shader-f16）。",
    needsBuffers: (most) => `它需要缓冲区更大的 GPU：这块 GPU 的单个缓冲区最多 ${most} GB。`,
    needsMemory: (needed, has) => `它需要 ${needed} GB 内存，而这台电脑有 ${has} GB。`,
    needsStorage: (needed, left) => `它需要 ${needed} GB 存储空间，而只剩 ${left} GB。`,
    noRung: () => "它的构建都无法在这台电脑上运行。",
    noBuildForGpu: (model) => `${model} 没有可供 transformers.js 在 GPU 上运行的构建。`,
    noBuildForCpu: (model) => `${model} 没有可供 transformers.js 在 CPU 上运行的构建。`,
    noBuildFor: (model, engine) => `${model} 没有适用于 ${engine} 的构建。`,
    leftOutTools: (count) => plural(Number(count), { other: "略去了 # 条与工具往来的消息。" }),
    leftOutInstructions: (count) => plural(Number(count), { other: "略去了另一应用的 # 条指令。" }),
    leftOutThinking: (count) => plural(Number(count), { other: "略去了 # 条模型的思考记录。" }),
    leftOutUnreadable: (count) => plural(Number(count), { other: "# 条消息无法读取，已略去。" }),
    onlyNamed: (count) =>
      plural(Number(count), { other: "# 个图片、录音或文件只列出了名称：导出文件中没有它们。" }),
    schemaAt: (place) => `无法使用这个 JSON Schema。请修改“${place}”。`,
    jsonCutOff: () => "回答在 JSON 完整之前就中断了。请允许更长的回答，或减少要求的内容。",
    leftOutEmpty: (count) => plural(Number(count), { other: "略去了 # 个没有消息的对话。" }),
  },
};
